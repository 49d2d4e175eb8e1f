import os

import pytest

from core.runs import readiness
from core.runs.process import Process
from core.runs.readiness import ReadySpare
from tests.core.runs.builders import ELSEWHERE

HERE = Process.of(os.getpid())
GONE = Process.of(2**22 + 1)


@pytest.fixture
def announced(timed_database, clock):
    """Three workers that have said that they are ready, each a second after the one before."""
    for memory_bytes, process in enumerate((HERE, GONE, ELSEWHERE), start=1):
        readiness.announce(timed_database, process, memory_bytes)
        clock.move_on(1)
    return timed_database


def processes(database) -> list[Process]:
    return [spare.process for spare in readiness.ready_spares(database)]


def test_a_worker_that_lives_or_is_elsewhere_is_ready(announced, clock):
    assert processes(announced) == [HERE, ELSEWHERE]
    assert readiness.ready_spares(announced)[0] == ReadySpare(HERE, 1, clock.moment.replace(second=0))


def test_a_worker_that_has_got_a_run_is_not_ready_any_more(announced):
    readiness.withdraw(announced, HERE)
    assert processes(announced) == [ELSEWHERE]
    readiness.withdraw(announced, HERE)


def test_of_two_announcements_the_last_counts(announced):
    readiness.announce(announced, HERE, 7)
    assert [(spare.process, spare.memory_bytes) for spare in readiness.ready_spares(announced)] == [
        (ELSEWHERE, 3),
        (HERE, 7),
    ]


def test_workers_that_died_without_a_word_are_forgotten(announced, monkeypatch):
    readiness.forget_dead(announced)
    monkeypatch.setattr(Process, "is_alive", property(lambda process: True))
    assert processes(announced) == [HERE, ELSEWHERE]
