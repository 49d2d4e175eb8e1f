import pytest

from core.architecture import summarize
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from ui.bricks.layout import layout
from ui.bricks.window import window

IMAGE = (20, 20, 3)
LAYERS = (
    Conv2D(filters=8, kernel_size=5),
    BatchNormalization(),
    MaxPooling2D(),
    Conv2D(filters=8, kernel_size=(3, 5), padding="same"),
    GlobalAveragePooling2D(),
    Flatten(),
    Dense(units=10),
)


@pytest.fixture
def scene():
    return layout(summarize(LAYERS, IMAGE), IMAGE)


@pytest.mark.parametrize(
    ("place", "rows", "columns"),
    [((0,), 5, 5), ((2,), 2, 2), ((3,), 3, 5), ((4,), 8, 8)],
)
def test_the_window_is_drawn_to_scale_on_the_brick_that_it_reads(scene, place, rows, columns):
    read = window(scene, place).read
    assert read.height == pytest.approx(rows * scene.scale.pixel)
    assert read.depth == pytest.approx(columns * scene.scale.pixel)


def test_the_window_goes_through_all_channels_and_the_plates_before_it(scene):
    _, volume, plate = (brick.block for brick in scene.bricks[:3])
    read = window(scene, (2,)).read
    assert (read.x, read.y) == (volume.x, volume.y)
    assert read.x + read.length == plate.x + plate.length


def test_with_zeros_around_the_first_whole_window_is_at_the_second_output(scene):
    """3 rows and 5 columns: one row of zeros above, two columns before."""
    seen = window(scene, (3,))
    output = next(brick.block for brick in scene.bricks if brick.place == (3,))
    assert seen.written.y - output.y == pytest.approx((1 - 0.3 * 2) * scene.scale.pixel)
    assert len(seen.rays) == 2


@pytest.mark.parametrize("place", [None, (1,), (5,), (6,), (9,)])
def test_other_layers_have_no_window(scene, place):
    assert window(scene, place) is None
