import numpy as np
import pytest
from scipy.ndimage import affine_transform, gaussian_filter

from core.quality.alignment import similarities
from core.quality.thumbnails import SIDE

STILL = np.zeros((1, 2))


def picture(seed):
    grain = np.random.default_rng(seed).standard_normal((SIDE, SIDE))
    smooth = gaussian_filter(grain, 2, mode="nearest")
    return 128 + 40 * smooth / smooth.std()


def as_pixels(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)[np.newaxis]


def posed(values, down=0.0, right=0.0, scale=1.0):
    """By SciPy's spline: what was at the centre is ``down`` and ``right`` of it, and ``scale`` times as large."""
    centre = np.full(2, (SIDE - 1) / 2)
    return affine_transform(
        values, np.eye(2) / scale, centre - (centre + np.array([down, right])) / scale, mode="nearest"
    )


def similarity(first, second, moved=STILL):
    return float(similarities(as_pixels(first), as_pixels(second), np.asarray(moved, float))[0])


@pytest.mark.parametrize(
    "pose",
    [
        {},
        {"down": 0.6},
        {"right": -1.2},
        {"down": 0.7, "right": 0.7},
        {"scale": 1.06},
        {"scale": 0.95},
        {"down": -0.5, "right": 0.4, "scale": 1.04},
    ],
)
def test_a_picture_is_found_again_in_any_of_these_poses(pose):
    for seed in range(5):
        assert similarity(picture(seed), posed(picture(seed), **pose)) > 0.997


def test_the_search_begins_where_it_is_told():
    far = posed(picture(0), down=3, right=-2)
    assert similarity(picture(0), far, [[3, -2]]) > 0.997
    assert similarity(picture(0), far, [[-3, 2]]) < 0.9


def test_brightness_and_contrast_do_not_matter():
    assert similarity(picture(0), 20 + 0.5 * picture(0)) > 0.995


def test_equal_pictures_have_similarity_1_whatever_their_contrast():
    for contrast in (0, 0.01, 0.1, 1):
        assert similarity(128 + contrast * (picture(0) - 128), 128 + contrast * (picture(0) - 128)) == 1


def test_different_pictures_have_little_in_common_and_opposites_nothing():
    assert max(similarity(picture(seed), picture(seed + 50)) for seed in range(20)) < 0.9
    assert similarity(picture(0), 255 - picture(0)) == 0


def test_it_is_the_same_both_ways():
    first, second = picture(0), posed(picture(0), down=0.8, scale=1.03)
    assert similarity(first, second) == pytest.approx(similarity(second, first), abs=1e-5)


def test_no_pairs_have_no_similarities():
    nothing = np.empty((0, SIDE, SIDE), np.uint8)
    assert similarities(nothing, nothing, np.empty((0, 2))).shape == (0,)
