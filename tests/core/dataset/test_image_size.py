import pytest
from pydantic import ValidationError

from core.dataset.image_size import ImageSize


def test_shape_is_height_width_channels():
    assert ImageSize(height=28, width=30, channels=3).shape == (28, 30, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"height": 0, "width": 28, "channels": 1},
        {"height": 28, "width": 1025, "channels": 1},
        {"height": 28, "width": 28, "channels": 2},
        {"height": 28, "width": 28, "channels": 1, "depth": 1},
        {"height": 28, "width": 28},
        {"height": 28, "width": 28, "channels": 1, "fit": "squeeze"},
    ],
)
def test_sizes_that_no_image_has_are_refused(wrong):
    with pytest.raises(ValidationError):
        ImageSize(**wrong)


def test_vgg_16_has_its_size():
    assert ImageSize(height=224, width=224, channels=3).shape == (224, 224, 3)


def test_images_are_stretched_where_nothing_else_is_said():
    assert ImageSize(height=28, width=28, channels=1) == ImageSize(height=28, width=28, channels=1, fit="stretch")
