import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from core.quality.neighbours import candidates
from core.quality.thumbnails import SIDE


def pictures(count, seed=0):
    """Clouds on an even ground."""
    clouds = np.zeros((count, SIDE, SIDE))
    for cloud, chance in zip(clouds, np.random.default_rng(seed).spawn(count), strict=True):
        cloud[4:-4, 4:-4] = gaussian_filter(chance.standard_normal((SIDE - 8, SIDE - 8)), 2)
    return np.clip(128 + 160 * clouds, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("move", [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)])
def test_a_moved_copy_is_a_candidate_and_its_move_is_known(move):
    originals = pictures(30)
    copies = np.roll(originals[:10], move, axis=(1, 2))
    found = candidates(np.concatenate([originals, copies]))
    moved = {(int(first), int(second)): tuple(way) for first, second, way in zip(*vars(found).values(), strict=True)}
    right = [moved.get((position, position + 30)) == move for position in range(10)]
    assert all(right)


def test_pairs_are_there_once_and_few_for_each_image():
    found = candidates(np.concatenate([pictures(40)] * 5))
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs) <= 200 * 5 * 5
    assert all(first < second for first, second in pairs)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_images_have_few_pairs(count):
    found = candidates(pictures(count))
    assert len(found.first) == len(found.second) == len(found.moved) <= 1
