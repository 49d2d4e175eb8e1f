import pytest

from core.message import Message, say
from core.runs.pace import Pace, PaceMeter


@pytest.mark.parametrize(
    ("seen", "pace"),
    [
        ([(0, 0)], None),
        ([(0, 0), (1, 0)], None),
        ([(0, 0), (2, 100)], Pace(50, 18)),
        ([(0, 0), (2, 400), (4, 500), (8, 700)], Pace(50, 6)),
        ([(0, 0), (1, 900), (7, 900)], None),
        ([(0, 0), (4, 1000)], Pace(250, 0)),
    ],
)
def test_the_pace_is_that_of_the_last_five_seconds(seen, pace):
    meter = PaceMeter()
    paces = [meter.note(seconds, done, 1000) for seconds, done in seen]
    assert paces[-1] == pace


def test_a_pace_is_read_back_from_the_words_that_told_it():
    told = Pace(1234.5, 61.8).told()
    assert str(told) == "1,234 files per second, 62 seconds left"
    assert Pace.told_by(Message.from_json(told.to_json())) == Pace(1234.5, 61.8)


@pytest.mark.parametrize("message", [None, say("Full disk.")])
def test_other_words_tell_no_pace(message):
    assert Pace.told_by(message) is None
