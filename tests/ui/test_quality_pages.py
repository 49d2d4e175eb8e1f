import pytest

from core.quality.kinds import KINDS
from ui.quality_images import short_name
from ui.quality_kinds import NAMES
from ui.quality_pages import pages

PER_PAGE = 4


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([3], [[(0, 0, 3)]]),
        ([9], [[(0, 0, 4)], [(0, 4, 8)], [(0, 8, 9)]]),
        ([2, 2, 2], [[(0, 0, 2), (1, 0, 2)], [(2, 0, 2)]]),
        ([2, 3], [[(0, 0, 2)], [(1, 0, 3)]]),
        ([5, 2], [[(0, 0, 4)], [(0, 4, 5), (1, 0, 2)]]),
    ],
)
def test_small_groups_share_a_page_and_large_ones_go_over_several(sizes, expected):
    assert pages(tuple(tuple(range(size)) for size in sizes), PER_PAGE) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("cats/1.png", "1.png"), ("cats/IMG_20240512_0034.jpeg", "IMG_…034.jpeg")],
)
def test_a_long_name_of_a_file_keeps_its_beginning_and_its_end(path, expected):
    assert short_name(path) == expected


def test_every_kind_of_finding_has_a_name_and_its_place():
    assert list(NAMES) == [kind.name for kind in KINDS]
