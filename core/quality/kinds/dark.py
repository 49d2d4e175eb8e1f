"""Images that are too dark to see what they show."""

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import beyond, count_of, limit_below

BRIGHTEST_BELOW = 80.0
"""Of 255, the same as in cleanvision (0.32). Even in the dark digits and animals on black, something is above 190."""


class Dark(Kind):
    """By the brightest pixels, since a small bright thing on black is well to be seen."""

    name = "dark"

    def find(self, inspected: Inspected) -> Finding | None:
        brightest = inspected.measures["brightest"].to_numpy()
        limit = limit_below(brightest, BRIGHTEST_BELOW)
        fields = beyond(brightest < limit, -brightest, brightest)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count("{count:,} image is too dark", "{count:,} images are too dark", count=count_of(fields)),
            explanation=say(
                "Even its brightest pixels are below {limit:.0f} of 255, so that little can be told apart.", limit=limit
            ),
            advice=say("Brighten or take such images again; remove those on which you yourself cannot see the answer."),
            figure=mark("brightness of the brightest pixels (0 to 255)"),
            threshold=limit,
            **fields,
        )
