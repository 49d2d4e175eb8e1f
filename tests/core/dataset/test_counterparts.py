import pandas as pd
import pytest

from core.dataset.counterparts import GONE, counterparts


def images(*rows: str) -> pd.DataFrame:
    """``path:pixels`` of each image."""
    return pd.DataFrame([row.split(":") for row in rows], columns=["path", "pixel_hash"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a:1", "b:2", "c:3"], ["a:1", "b:2", "c:3"], [0, 1, 2]),
        (["a:1", "b:2", "c:3"], ["b:2", "c:3"], [GONE, 0, 1]),
        (["a:1", "b:2"], ["a/x:2", "b/x:1"], [1, 0]),
        # the path is there, with another picture
        (["a:1", "b:2"], ["a:9", "b:2"], [GONE, 1]),
        # copies: the one whose path is there keeps it, and each has one of its own
        (["a:1", "b:1"], ["b:1"], [GONE, 0]),
        (["a:1", "b:1", "c:1"], ["x:1", "b:1"], [0, 1, GONE]),
        (["a:1"], ["x:1", "y:1"], [0]),
        (["a:1", "b:2"], [], [GONE, GONE]),
    ],
)
def test_an_image_is_found_by_its_pixels(before, after, expected):
    others = images(*after) if after else pd.DataFrame({"path": [], "pixel_hash": []}, dtype=str)
    assert counterparts(images(*before), others).tolist() == expected
