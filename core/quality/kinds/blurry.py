"""Images that are out of focus, or were shaken."""

import numpy as np

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import beyond, count_of

ALWAYS_BELOW = 0.75
"""A Gaussian blur of 1.5 pixels leaves less of nearly everything. Soft but sharp parts of photographs have 0.8."""

NEVER_ABOVE = 1.0
"""A blur of 1 pixel leaves less of strokes and outlines. The softest digits and animals have 1.25."""

_DEVIATIONS = 5.0
_DEVIATIONS_PER_MAD = 1.4826  # of a normal distribution
_SOFT_AS_A_WHOLE = 0.65


class Blurry(Kind):
    """By `core.quality.sharpness`, where that is far below what is usual in this dataset."""

    name = "blurry"

    def find(self, inspected: Inspected) -> Finding | None:
        sharpness = inspected.measures["sharpness"].to_numpy()
        limit = blurry_below(sharpness)
        fields = beyond(sharpness < limit, -sharpness, sharpness)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count("{count:,} image is blurry", "{count:,} images are blurry", count=count_of(fields)),
            explanation=say(
                "Its edges are much softer than those of the other images. The model may learn the blur instead of the "
                "thing, and what it could be told by may be gone."
            ),
            advice=say(
                "Remove them or take them again. Keep them if the images that the model will meet are blurry too."
            ),
            figure=mark("sharpness (about 1.5 for crisp edges)"),
            threshold=limit,
            **fields,
        )


def blurry_below(sharpness: np.ndarray) -> float:
    """Five deviations under what is usual, measured by medians so that blurry images do not count; but between the two
    bounds above, and lower in a dataset that is soft as a whole."""
    usual = float(np.median(sharpness))
    deviation = _DEVIATIONS_PER_MAD * float(np.median(np.abs(sharpness - usual)))
    lowest = min(ALWAYS_BELOW, _SOFT_AS_A_WHOLE * usual)
    return max(lowest, min(NEVER_ABOVE, usual - _DEVIATIONS * deviation))
