"""Images that are much wider or taller than the others."""

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import Unusual, count_of

AT_LEAST = 2.5
"""Times as wide for their height as usual, or so many times less. A photograph turned from landscape to portrait, 3:2,
is at 2.25: that is not odd."""


class OddAspect(Kind):
    """By the width divided by the height."""

    name = "odd_aspect"

    def find(self, inspected: Inspected) -> Finding | None:
        aspect = inspected.images["width"].to_numpy(float) / inspected.images["height"].to_numpy(float)
        found = Unusual.among(aspect, AT_LEAST)
        fields = found.beyond(aspect)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} image has odd proportions", "{count:,} images have odd proportions", count=count_of(fields)
            ),
            explanation=say(
                "The usual image here is {usual:.2g} times as wide as it is high; these are at least {factor:.1f} "
                "times wider or narrower. Stretched to the common size, what they show is squeezed.",
                usual=found.usual,
                factor=found.factor,
            ),
            advice=say("Have images padded or cropped instead of stretched, crop these by hand, or remove them."),
            figure=mark("width divided by height"),
            threshold=found.factor,
            **fields,
        )
