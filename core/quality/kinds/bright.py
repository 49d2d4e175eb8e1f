"""Images that are too bright to see what they show."""

from core.message import mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import beyond, count_of, limit_below

WHITE = 255.0
DARKNESS_BELOW = 65.0
"""Below white. Even a pale thing on white paper has pixels that are darker than this."""


class Bright(Kind):
    """By the darkest pixels, since a small dark thing on white is well to be seen."""

    name = "bright"

    def find(self, inspected: Inspected) -> Finding | None:
        darkest = inspected.measures["darkest"].to_numpy()
        limit = WHITE - limit_below(WHITE - darkest, DARKNESS_BELOW)
        fields = beyond(darkest > limit, darkest, darkest)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=say_count("{count:,} image is too bright", "{count:,} images are too bright", count=count_of(fields)),
            explanation=say(
                "Even its darkest pixels are above {limit:.0f} of 255, so that little can be told apart.", limit=limit
            ),
            advice=say("Darken or take such images again; remove those on which you yourself cannot see the answer."),
            figure=mark("brightness of the darkest pixels (0 to 255)"),
            threshold=limit,
            **fields,
        )
