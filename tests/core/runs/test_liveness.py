import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.runs.liveness import Sign, sign_of_life
from core.runs.process import Process
from tests.core.runs.builders import ELSEWHERE

HERE = Process.of(os.getpid())
DEAD = replace(HERE, began="earlier")
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("process", "seconds", "sign"),
    [
        (HERE, 60, Sign.ALIVE),
        (HERE, 61, Sign.SILENT),
        (DEAD, 0, Sign.GONE),
        (DEAD, 61, Sign.GONE),
        (ELSEWHERE, 60, Sign.ALIVE),
        (ELSEWHERE, 61, Sign.SILENT),
        (None, 60, Sign.ALIVE),
        (None, 61, Sign.SILENT),
    ],
)
def test_a_process_is_judged_by_itself_and_by_when_it_was_heard(process, seconds, sign):
    assert sign_of_life(process, NOW - timedelta(seconds=seconds), NOW) is sign
