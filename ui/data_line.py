"""A dataset in one line, the same in the sidebar, on the cards and on the screens."""

from core.dataset.image_size import ImageSize
from core.message import Message, say, say_count, times


def data_line(images: int, classes: int, image_size: ImageSize) -> Message:
    """``5,000 images · 10 classes · 28 × 28 × 1``; of 0 classes, each image has a number."""
    labels = say_count("{count} class", "{count:,} classes", count=classes) if classes else say("a number each")
    return say(
        "{images} · {classes} · {size}",
        images=image_count(images),
        classes=labels,
        size=times(image_size.shape),
    )


def image_count(count: int) -> Message:
    """``5,000 images``."""
    return say_count("{count} image", "{count:,} images", count=count)
