"""How similar two pictures are once one is laid over the other: moved by a few pixels and made a little larger."""

import numpy as np

from core.quality.thumbnails import SIDE

GREY_NOISE = 10.0
"""Grey levels: differences of this size mean nothing in a picture without contrast."""

_MARGIN = 1  # pixels along each edge that are not compared: a copy that was cropped or moved lacks some
_MOST_MOVED = 3.0
_MOST_SCALED = 0.12
_MOST_STEP = np.array([1, 1, 0.05], np.float32)
_STIFFNESS = 1e-3
_HOPELESS_BELOW = (0.6, 0.85, 0.95)

_centred = np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2
_compared = _centred[_MARGIN:-_MARGIN]
_LIMITS = np.array([[-1], [1]], np.float32) * np.array([_MOST_MOVED, _MOST_MOVED, _MOST_SCALED], np.float32)


def similarities(first: np.ndarray, second: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """From 0 to 1, (pairs,), for thumbnails ``first`` and ``second``, uint8 of shape (pairs, SIDE, SIDE).

    It is their normalized correlation in the best position, so neither brightness nor contrast matters. ``moved``,
    (pairs, 2), is where the search begins: rows and columns by which the second is moved against the first. It goes
    on by steps of Gauss and Newton for two shifts and a scale (Lucas & Kanade 1981, "An iterative image registration
    technique with an application to stereo vision"), each picture going half the way. Pairs that are still far from
    alike after a step go no further, and keep what they had.
    """
    best = np.zeros(len(first), np.float32)
    pose = np.column_stack([-moved, np.zeros(len(moved))]).astype(np.float32)
    left = np.arange(len(first))
    for hopeless_below in (*_HOPELESS_BELOW, None):
        one, other = _normalized(first[left], pose[left]), _normalized(second[left], -pose[left])
        similarity = 1 - ((one - other) ** 2).mean((1, 2)) / 2
        best[left] = np.maximum(best[left], similarity)
        if hopeless_below is None:
            break
        goes_on = similarity >= hopeless_below
        left = left[goes_on]
        pose[left] += _steps(one[goes_on], other[goes_on])
        pose[left] = np.clip(pose[left], *_LIMITS)
    return best


def _normalized(pictures: np.ndarray, pose: np.ndarray) -> np.ndarray:
    """What half of ``pose`` brings under the compared pixels, with mean 0 and variance 1, or less for hardly any."""
    down, right, scale = pose.T / 2
    rows, columns = (_weights(scale, distance) for distance in (down, right))
    windows = rows @ pictures.astype(np.float32) @ columns.swapaxes(1, 2)
    windows -= windows.mean((1, 2), keepdims=True)
    return windows / np.sqrt((windows**2).mean((1, 2), keepdims=True) + GREY_NOISE**2)


def _weights(scale: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """(pairs, compared, SIDE): by how much each pixel counts for each compared one, by the cubic B-spline.

    The spline also smooths, by about half a pixel, as a comparison of pixels needs it.
    """
    places = _compared * (1 + scale[:, np.newaxis]) + distance[:, np.newaxis]
    near = np.maximum(2 - np.abs(places[..., np.newaxis] - _centred), 0)
    nearer = np.maximum(near - 1, 0)
    weights = near * near * near - 4 * (nearer * nearer * nearer)
    return weights / weights.sum(-1, keepdims=True)


def _steps(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(pairs, 3): what brings ``one`` closer to ``other``: down, right and scale."""
    middle = (one + other) / 2
    down, right = np.gradient(middle, axis=(1, 2))
    slopes = np.stack([down, right, down * _compared[:, np.newaxis] + right * _compared], axis=1)
    slopes = slopes.reshape(len(one), 3, len(_compared) ** 2)
    wanted = slopes @ (other - one).reshape(len(one), len(_compared) ** 2, 1)
    bends = slopes @ slopes.swapaxes(1, 2)
    stiffness = _STIFFNESS * np.trace(bends, axis1=1, axis2=2) + 1e-6
    steps = np.linalg.solve(bends + stiffness[:, np.newaxis, np.newaxis] * np.eye(3, dtype=np.float32), wanted)
    return np.clip(steps[..., 0], -_MOST_STEP, _MOST_STEP)
