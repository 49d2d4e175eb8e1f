"""Images that are much larger or smaller than the others."""

import numpy as np

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import Unusual, count_of

AT_LEAST = 2.0
"""Times the usual size, or so many times less."""


class OddSize(Kind):
    """By the root of the area, which is the side of a square as large."""

    name = "odd_size"

    def find(self, inspected: Inspected) -> Finding | None:
        side = np.sqrt((inspected.images["width"] * inspected.images["height"]).to_numpy(float))
        found = Unusual.among(side, AT_LEAST)
        fields = found.beyond(side / found.usual)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} image has an odd size", "{count:,} images have an odd size", count=count_of(fields)
            ),
            explanation=say(
                "The usual image here is about {usual:,.0f} pixels on a side; these are at least {factor:.1f} times "
                "larger or smaller. Brought to one size, they are sharper or coarser than the others.",
                usual=found.usual,
                factor=found.factor,
            ),
            advice=say("Look whether they belong here: often they are icons, thumbnails or whole pages. Remove those."),
            figure=mark("times the usual size"),
            threshold=found.factor,
            **fields,
        )
