"""The image size that a dataset is offered in, before anybody chooses one."""

from collections.abc import Sequence

from core.dataset.image_file import Header
from core.dataset.image_size import ImageSize

LARGEST_KEPT = 96
USUAL = 64


def suggested_size(headers: Sequence[Header]) -> ImageSize:
    """The size of the images if all agree and no side is over 96, else 64 × 64; colour if any image has colour."""
    sizes = {(header.height, header.width) for header in headers}
    height, width = sizes.pop() if len(sizes) == 1 else (USUAL, USUAL)
    if max(height, width) > LARGEST_KEPT:
        height, width = USUAL, USUAL
    return ImageSize(height=height, width=width, channels=1 if all(header.is_grey for header in headers) else 3)
