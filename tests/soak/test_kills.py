"""A queue that is worked off among kills ends as one that nobody disturbed. For more kills: ``tests/soak/kills.py``."""

from pathlib import Path

from tests.soak.kills import soak

KILLS = 5


def test_whatever_is_killed_every_run_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    outcome = soak(tmp_path, KILLS, seed=0, recipes=1)

    assert outcome.kills.total() == KILLS
    assert set(outcome.states) == {"completed"}
