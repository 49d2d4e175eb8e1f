import pandas as pd
import pytest

from ui.comparing.filters import matching

RUNS = pd.DataFrame(
    {
        "number": [12, 2, 1],
        "state": ["failed", "completed", "completed"],
        "tags": [["Slow"], ["good", "slow"], []],
        "note": ["", "as before", "run 12 again"],
        "is_archived": [False, False, True],
    },
    index=["c", "b", "a"],
)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["c", "b"]),
        ({"shows_archived": True}, ["c", "b", "a"]),
        ({"text": " SLOW "}, ["c", "b"]),
        ({"text": "before"}, ["b"]),
        ({"text": "2"}, ["b"]),  # a number is meant whole
        ({"text": "12", "shows_archived": True}, ["c", "a"]),
        ({"text": "["}, []),
        ({"tags": ["good", "fast"]}, ["b"]),
        ({"states": ["completed"]}, ["b"]),
        ({"states": ["completed"], "tags": ["Slow"]}, []),
    ],
)
def test_what_is_asked_for_is_let_through(wanted, ids):
    assert (
        matching(RUNS, **{"text": "", "tags": [], "states": [], "shows_archived": False} | wanted).index.tolist() == ids
    )
