import numpy as np
import pandas as pd
import pytest

from core.evaluation.figures.dependence import dependence, times_wider
from core.split import Split

IMAGES = pd.DataFrame(
    {
        "path": [f"burst{row // 4}_{row % 4}.png" for row in range(12)],
        "pixel_hash": [str(row) for row in range(12)],
    }
)
BURSTS = np.arange(12) // 4
ALL, ONE_OF_EACH = np.arange(12), np.array([0, 4, 8])
GROUPED = Split(keep_together="group", group_pattern="{group}_*.png")


@pytest.mark.parametrize(
    ("split", "clusters", "rows", "is_said"),
    [
        (GROUPED, None, ALL, True),
        (Split(keep_together="near"), BURSTS, ALL, True),
        (Split(keep_together="nothing"), BURSTS, ALL, True),
        (GROUPED, None, ONE_OF_EACH, False),
        (Split(keep_together="near"), BURSTS, ONE_OF_EACH, False),
        (Split(keep_together="near"), None, ALL, False),
    ],
)
def test_images_that_belong_together_among_those_judged_are_told(split, clusters, rows, is_said):
    caution = dependence(split, IMAGES, rows, clusters)
    assert (caution is not None) == is_said
    if is_said:
        assert str(caution).startswith("Of these 12 images, 12 are of one group with others here, or look like them.")
        assert "up to 2.0 times as wide" in str(caution)


def test_images_with_the_same_pixels_belong_together_without_a_search():
    twins = IMAGES.assign(pixel_hash=[str(row // 2) for row in range(12)])
    assert "up to 1.4 times as wide" in str(dependence(Split(), twins, ALL))


def test_a_single_pair_of_many_is_not_worth_a_word():
    images = pd.DataFrame({"path": map(str, range(100)), "pixel_hash": ["0", *map(str, range(99))]})
    assert dependence(Split(), images, np.arange(100)) is None


def spread_of_the_accuracy(sizes: np.ndarray) -> float:
    """The standard deviation over many draws in which all images of a unit are right, or all wrong."""
    is_right = np.random.default_rng(0).random((20_000, len(sizes))) < 0.8
    return float((is_right @ sizes / sizes.sum()).std())


@pytest.mark.parametrize("sizes", [[1] * 60, [4] * 15, [1] * 20 + [2] * 10 + [20]])
def test_ranges_are_as_much_too_narrow_as_accuracies_of_such_images_vary(sizes):
    """Drawn with all images of a unit right or all wrong, against as many independent images."""
    sizes = np.array(sizes)
    found = spread_of_the_accuracy(sizes) / spread_of_the_accuracy(np.ones(sizes.sum(), int))
    assert times_wider(sizes) == pytest.approx(found, rel=0.05)
