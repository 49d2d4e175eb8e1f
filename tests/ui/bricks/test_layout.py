from itertools import combinations

import pytest

from core.architecture import summarize
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from tests.ui.bricks.nets import NETS, conv, summary
from ui.bricks.columns import Figure
from ui.bricks.layout import WIDTH, layout
from ui.bricks.scene import Brick, Scene

WIDTHS = (WIDTH, 640.0)


def scene(name: str, width: float = WIDTH) -> Scene:
    return layout(*summary(name), width)


def bricks(*layers, image=(32, 16, 3)) -> list[Brick]:
    return list(layout(summarize(layers, image), image).bricks)


def test_twice_the_height_the_width_or_the_channels_is_drawn_twice_as_long():
    _, before, after = bricks(conv(16), MaxPooling2D())
    assert before.block.height == pytest.approx(2 * after.block.height)
    assert before.block.depth == pytest.approx(2 * after.block.depth)
    assert before.block.length == pytest.approx(after.block.length)
    _, few, many = bricks(conv(16), conv(32))
    assert many.block.length == pytest.approx(2 * few.block.length)
    assert many.block.height == pytest.approx(few.block.height)


def test_height_and_width_have_one_scale():
    for brick in bricks(conv(16), MaxPooling2D(pool_size=(1, 2))):
        assert brick.block.height / brick.block.depth == pytest.approx(brick.piece.shape[0] / brick.piece.shape[1])


def test_a_vector_is_a_brick_of_one_pixel():
    image, _, vector = bricks(Flatten(), Dense(units=10), image=(8, 8, 1))
    assert vector.block.height == vector.block.depth == pytest.approx(image.block.height / 8)
    assert vector.label.lines == ("10",)


def test_nothing_is_too_thin_to_be_seen():
    for brick in scene("VGG16").bricks:
        assert min(brick.block.length, brick.block.height, brick.block.depth) >= 2


def test_a_brick_too_long_for_the_scale_is_cut_and_its_label_tells_the_truth():
    cut = [brick for brick in scene("VGG16").bricks if brick.is_cut]
    assert [brick.label.lines for brick in cut] == [("25,088",), ("4,096",), ("4,096",)]
    assert {brick.block.length for brick in cut} == {scene("VGG16").scale.longest}


def test_a_layer_that_keeps_the_shape_is_a_plate_at_the_end_of_its_brick():
    _, volume, normalization, *_ = scene("ResNet").bricks[1:]
    assert normalization.piece.figure is Figure.PLATE
    assert volume.block.x + volume.block.length <= normalization.block.x < volume.block.right
    assert (normalization.block.height, normalization.block.depth) == (volume.block.height, volume.block.depth)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NETS)
def test_everything_is_inside_the_drawing(name, width):
    drawn = scene(name, width)
    for brick in drawn.bricks:
        assert 0 <= brick.area.x < brick.area.x + brick.area.width <= width
        assert 0 <= brick.block.x < brick.block.right <= width
        assert 0 <= brick.block.top < brick.block.bottom <= drawn.height
    for line in drawn.ways:
        assert all(0 <= x <= width and 0 <= y <= drawn.height for x, y in line.points)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NETS)
def test_columns_do_not_overlap(name, width):
    columns = [brick.area for brick in scene(name, width).bricks if brick.piece.figure is not Figure.PLATE]
    for one, other in combinations(columns, 2):
        are_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        are_below = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert are_beside or are_below


def test_many_layers_go_on_in_the_next_row():
    drawn = scene("40 layers of one size")
    rows = [brick.row for brick in drawn.bricks]
    assert rows == sorted(rows)
    assert 3 <= drawn.rows <= 5


def test_a_residual_that_fits_is_kept_in_one_row():
    drawn = scene("ResNet", 640)
    for number in range(1, 7):
        rows = {brick.row for brick in drawn.bricks if brick.place and brick.place[0] == number}
        assert len(rows) == 1


def test_an_arc_leads_over_the_layers_of_each_residual_to_its_sum():
    drawn = scene("nested Residuals")
    arcs = [line for line in drawn.ways if line.is_start]
    sums = {brick.place: brick.block for brick in drawn.bricks if brick.piece.figure is Figure.SUM}
    assert list(sums) == [(1, 2, 1), (1, 2), (1,)]
    for arc, block in zip(arcs, sums.values(), strict=True):
        assert arc.points[-1] == (block.x + block.length / 2, block.top)
        inside = [brick.block for brick in drawn.bricks if arc.points[0][0] <= brick.block.x < block.x]
        assert all(arc.points[1][1] < each.top for each in inside)
    heights = [arc.points[1][1] for arc in arcs]
    assert heights == sorted(heights, reverse=True)


def test_a_shortcut_to_another_shape_leads_through_a_projection():
    projections = [line.projection for line in scene("ResNet").ways if line.is_start]
    assert [projection and projection.filters for projection in projections] == [None, None, 32, None, 64, None]


def test_behind_a_problem_every_layer_is_a_ghost_of_one_size():
    ghosts = [brick for brick in scene("a problem").bricks if brick.piece.figure is Figure.GHOST]
    assert [brick.place for brick in ghosts] == [(2,), *((3, number) for number in range(5)), (4,), (5,)]
    assert len({(brick.block.length, brick.block.height, brick.block.depth) for brick in ghosts}) == 1
    assert all(brick.label is None for brick in ghosts)
