"""How sharp an image is, whatever it shows."""

import numpy as np

_ROUNDING = 1 / 12  # grey levels²: the variance that rounding to whole levels adds to a pixel
_BEND_ROUNDING = 20 * _ROUNDING  # 4² + 4 · 1², the weights of the Laplacian
_SLOPES_ROUNDING = 4 * _ROUNDING  # twice 1² + 1²
_FAINT = 0.25  # grey levels²: slopes of this size mean nothing
_SHARP = 2.0  # what such an image gets: one that shows nothing is not blurry


def sharpness(grey: np.ndarray) -> float:
    """For ``grey``, float32 of shape (height, width), 0–255: about 1.5 for an image with crisp edges, 0.9, 0.65 and
    0.5 after a Gaussian blur of 1, 1.5 and 2 pixels.

    It is the root of the variance of the Laplacian (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield
    microscopy") relative to the variance of the slopes. Relative to the contrast of the image alone, sky and fur would
    differ more than blurred and crisp; each edge has its slope and its bend, and blurring takes more of the bend.
    """
    if min(grey.shape) < 3:
        return float(np.sqrt(_SHARP))
    down, right = np.diff(grey, axis=0), np.diff(grey, axis=1)
    bend = np.diff(down, axis=0)[:, 1:-1] + np.diff(right, axis=1)[1:-1]
    bends = max(0.0, float(np.square(bend).mean()) - _BEND_ROUNDING)
    slopes = max(0.0, float(np.square(down).mean() + np.square(right).mean()) - _SLOPES_ROUNDING)
    return float(np.sqrt((bends + _SHARP * _FAINT) / (slopes + _FAINT)))
