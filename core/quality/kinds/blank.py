"""Images that show nothing."""

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import beyond, count_of

CONTRAST_BELOW = 3.0
"""Grey levels: the noise of a camera that looks at a wall. The thinnest digit on black has 40."""


class Blank(Kind):
    """By the standard deviation of the pixels, in all of which there is hardly any difference."""

    name = "blank"

    def find(self, inspected: Inspected) -> Finding | None:
        contrast = inspected.measures["contrast"].to_numpy()
        fields = beyond(contrast < CONTRAST_BELOW, -contrast, contrast)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} image is almost blank", "{count:,} images are almost blank", count=count_of(fields)
            ),
            explanation=say("All its pixels are nearly the same, so there is nothing to tell its label by."),
            advice=say("Remove such images, unless an empty picture is one of the answers."),
            figure=mark("contrast (standard deviation of the grey levels)"),
            threshold=CONTRAST_BELOW,
            **fields,
        )
