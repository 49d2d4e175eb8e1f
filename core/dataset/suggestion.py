"""The image size that a dataset is offered in, before anybody chooses one."""

from collections.abc import Iterable
from typing import Literal

from core.dataset.image_file import Header
from core.dataset.image_size import ImageSize

LARGEST_KEPT = 96
USUAL = 64


def suggested_size(headers: Iterable[Header]) -> ImageSize:
    """The size of the images if all agree and no side is over 96, else 64 × 64; colour if any image has colour."""
    suggested = None
    for header in headers:
        suggested = size_with(suggested, header)
    return suggested or ImageSize(height=USUAL, width=USUAL, channels=1)


def size_with(suggested: ImageSize | None, header: Header) -> ImageSize:
    """The suggestion for some images and one more, where ``suggested`` is that for those without it, if there are any.

    It can change twice at most: from the size of one to 64 × 64, and from grey to colour.
    """
    channels: Literal[1, 3] = 1 if header.is_grey and (suggested is None or suggested.channels == 1) else 3
    height, width = header.height, header.width
    if suggested is None:
        is_kept = max(height, width) <= LARGEST_KEPT
    else:
        is_kept = (height, width) == (suggested.height, suggested.width)
    if not is_kept:
        height, width = USUAL, USUAL
    if suggested is not None and suggested.shape == (height, width, channels):
        return suggested
    return ImageSize(height=height, width=width, channels=channels)
