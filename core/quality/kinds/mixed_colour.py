"""Some images are in colour and some are not."""

from core.message import Message, mark, say, say_count
from core.quality.finding import Finding
from core.quality.inspected import Inspected
from core.quality.kinds.blank import CONTRAST_BELOW
from core.quality.kinds.kind import Kind
from core.quality.kinds.outliers import beyond

COLOUR_FROM = 0.1
"""How far apart red, green and blue are in the most colourful pixels, relative to how far apart light and dark are."""

_CONTRASTS = (40.0, 120.0)  # grey levels, at least and at most: JPEG makes colour of 4 out of grey


class MixedColour(Kind):
    """By the pixels, since a grey picture may be stored as colour. It names the images of the rarer sort."""

    name = "mixed_colour"

    def find(self, inspected: Inspected) -> Finding | None:
        measures = inspected.measures
        colour = (measures["colour"] / (measures["brightest"] - measures["darkest"]).clip(*_CONTRASTS)).to_numpy()
        shows = measures["contrast"].to_numpy() >= CONTRAST_BELOW  # a blank image is neither
        is_colour, is_grey = shows & (colour >= COLOUR_FROM), shows & (colour < COLOUR_FROM)
        colourful, grey = int(is_colour.sum()), int(is_grey.sum())
        if colourful == 0:
            return None
        is_grey_rarer = grey <= colourful
        fields = beyond(is_grey if is_grey_rarer else is_colour, -colour if is_grey_rarer else colour, colour)
        if fields is None:
            return None
        return Finding(
            kind=self.name,
            title=_title(grey, colourful, is_grey_rarer),
            explanation=say(
                "If one class has more colour than another, a model learns to tell them by that instead of by what "
                "they show."
            ),
            advice=say("Train on grey images (1 channel), or see to it that every class has both, or remove these."),
            figure=mark("colour relative to the contrast"),
            threshold=COLOUR_FROM,
            **fields,
        )


def _title(grey: int, colourful: int, is_grey_rarer: bool) -> Message:
    if is_grey_rarer:
        return say_count(
            "{count:,} image is grey among {others:,} in colour",
            "{count:,} images are grey among {others:,} in colour",
            count=grey,
            others=colourful,
        )
    return say_count(
        "{count:,} image is in colour among {others:,} grey ones",
        "{count:,} images are in colour among {others:,} grey ones",
        count=colourful,
        others=grey,
    )
