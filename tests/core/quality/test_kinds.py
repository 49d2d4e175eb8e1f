import pytest

from core.quality.kinds import KINDS
from core.quality.kinds.blank import Blank
from core.quality.kinds.blurry import Blurry
from core.quality.kinds.bright import Bright
from core.quality.kinds.dark import Dark
from core.quality.kinds.exact_duplicates import ExactDuplicates
from core.quality.kinds.few_images import FewImages
from core.quality.kinds.imbalance import Imbalance
from core.quality.kinds.label_conflicts import LabelConflicts
from core.quality.kinds.mixed_colour import MixedColour
from core.quality.kinds.near_duplicates import NearDuplicates
from core.quality.kinds.odd_aspect import OddAspect
from core.quality.kinds.odd_size import OddSize
from tests.core.quality.inspecting import inspected

NOTHING = ()


def groups(kind, dataset):
    finding = kind.find(dataset)
    return NOTHING if finding is None else finding.groups


def test_nothing_is_wrong_with_ordinary_images():
    assert [kind.find(inspected(60)) for kind in KINDS] == [None] * len(KINDS)


def test_every_kind_has_a_name_of_its_own():
    assert len({kind.name for kind in KINDS}) == len(KINDS) == 12


@pytest.mark.parametrize(
    ("kind", "column", "values", "found"),
    [
        # one image that stands out, among those that do not
        (Dark(), "brightest", [255, 200, 60, 79, 81, 220, 240], (2, 3)),
        (Bright(), "darkest", [0, 30, 200, 189, 191, 20, 10], (2, 4)),
        (Blank(), "contrast", [60, 2.9, 0.0, 3.0, 40], (2, 1)),
        (Blurry(), "sharpness", [1.5, 1.6, 0.4, 1.4, 0.7], (2, 4)),
        # a dataset that is like that as a whole
        (Dark(), "brightest", [50, 60, 40, 55, 24], (4,)),
        (Bright(), "darkest", [200, 210, 215, 205, 240], (4,)),
        (Blurry(), "sharpness", [0.5, 0.6, 0.55, 0.5, 0.2], (4,)),
        # nearly equal images: what is a little less sharp is not blurry
        (Blurry(), "sharpness", [1.5, 1.5, 1.5, 1.1, 0.9], (4,)),
    ],
)
def test_images_beyond_a_limit_are_found_and_the_worst_comes_first(kind, column, values, found):
    finding = kind.find(inspected(len(values), **{column: values}))
    (group,) = sorted(finding.groups)
    assert sorted(group) == sorted(found)
    worst_first = [values[position] for position in group]
    assert worst_first == sorted(worst_first, reverse=kind.name == "bright")
    assert finding.figures == (tuple(worst_first),)


@pytest.mark.parametrize(
    ("widths", "found"),
    [
        ([28] * 9 + [56], (9,)),  # twice the side
        ([28] * 9 + [55], NOTHING),
        ([28] * 9 + [13, 200], (10, 9)),  # a half, but the larger one is further away
        ([20, 40, 80, 160, 320, 640], NOTHING),  # all kinds of sizes: none is odd
    ],
)
def test_an_odd_size_is_far_from_the_usual_one(widths, found):
    dataset = inspected(len(widths), width=widths, height=widths)
    assert groups(OddSize(), dataset) == ((found,) if found else NOTHING)
    assert groups(OddAspect(), dataset) == NOTHING


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ([(30, 20)] * 9 + [(20, 30)], NOTHING),  # landscape turned to portrait
        ([(32, 32)] * 9 + [(80, 32)], (9,)),
        ([(32, 32)] * 9 + [(32, 80), (200, 32)], (10, 9)),
        ([(64, 16)] * 9 + [(16, 16)], (9,)),  # a square among strips
    ],
)
def test_odd_proportions_are_far_from_the_usual_ones(sizes, found):
    width, height = ([size[axis] for size in sizes] for axis in (0, 1))
    assert groups(OddAspect(), inspected(len(sizes), width=width, height=height)) == ((found,) if found else NOTHING)


def test_exact_duplicates_have_the_same_pixels():
    finding = ExactDuplicates().find(inspected(6, pixel_hash=["b", "a", "b", "c", "a", "b"]))
    assert finding.groups == ((0, 2, 5), (1, 4))
    assert finding.figures == ((3, 3, 3), (2, 2))


def test_near_duplicates_are_clusters_that_are_not_only_exact_copies():
    hashes = ["a", "a", "c", "d", "e", "f", "f", "h"]
    pairs = [(0, 1, 1.0), (2, 3, 0.995), (3, 4, 0.999), (5, 6, 1.0), (6, 7, 0.996)]
    finding = NearDuplicates().find(inspected(8, pairs, pixel_hash=hashes))
    assert finding.groups == ((2, 3, 4), (5, 6, 7))
    assert finding.figures == ((0.995, 0.999, 0.999), (1.0, 1.0, 0.996))


@pytest.mark.parametrize(
    ("labels", "hashes", "pairs", "found"),
    [
        ([0, 1, 0, 1], "abcd", [], NOTHING),
        ([0, 1, 0, 1], "aacd", [], ((0, 1),)),
        ([0, 0, 0, 1], "aaaa", [], ((0, 1, 2, 3),)),
        ([0, 0, 0, 1], "aacd", [(0, 2, 0.995)], NOTHING),
        ([0, 0, 0, 1], "aacd", [(0, 3, 0.995)], ((0, 1, 3),)),
    ],
)
def test_the_same_picture_in_two_classes_is_a_conflict(labels, hashes, pairs, found):
    assert groups(LabelConflicts(), inspected(4, pairs, label=labels, pixel_hash=list(hashes))) == found


@pytest.mark.parametrize(
    ("values", "hashes", "pairs", "found"),
    [
        ([1.0, 10.0, 2.0, 9.0], "aacd", [], ((0, 1),)),
        ([1.0, 2.0, 10.0, 9.0], "aacd", [], NOTHING),
        ([1.0, 9.0, 2.0, 9.5], "abcd", [(0, 3, 0.995)], ((0, 3),)),
        ([1.0, 2.5, 4.0, 10.0], "abcd", [(0, 1, 0.995), (1, 2, 0.995)], NOTHING),  # it changes little by little
    ],
)
def test_the_same_picture_with_very_different_numbers_is_a_conflict(values, hashes, pairs, found):
    """Nine in ten values are within about 8 of each other, a quarter of which is 2."""
    dataset = inspected(4, pairs, classes=(), label=[0] * 4, value=values, pixel_hash=list(hashes))
    assert groups(LabelConflicts(), dataset) == found


@pytest.mark.parametrize(
    ("colours", "found"),
    [
        ([0.0] * 5, NOTHING),
        ([90.0] * 5, NOTHING),
        ([90.0, 80.0, 3.0, 70.0, 5.0], (2, 4)),  # JPEG makes a little colour of grey
        ([0.0, 3.0, 90.0, 0.0, 60.0], (2, 4)),
    ],
)
def test_the_rarer_of_grey_and_colour_is_named(colours, found):
    dataset = inspected(5, colour=colours)
    assert groups(MixedColour(), dataset) == ((found,) if found else NOTHING)


def test_a_dark_image_in_colour_and_a_blank_one_are_not_called_grey():
    dataset = inspected(4, colour=[90, 90, 6, 0], brightest=[255, 255, 25, 255], contrast=[60, 60, 7, 1])
    assert groups(MixedColour(), dataset) == NOTHING


@pytest.mark.parametrize(
    ("sizes", "few", "small"),
    [
        ([20, 20, 20], [], []),
        ([19, 20, 10], [2, 0], []),
        ([100, 34, 33], [], [2]),
        ([1000, 100, 50], [], [2, 1]),
        ([100, 0], [], []),  # a class that has lost all its images has none to show
    ],
)
def test_small_classes_are_named_the_smallest_first(sizes, few, small):
    labels = [label for label, size in enumerate(sizes) for _ in range(size)]
    names = tuple("abcdef"[: len(sizes)])
    dataset = inspected(len(labels), classes=names, label=labels)
    for kind, expected in ((FewImages(), few), (Imbalance(), small)):
        found = groups(kind, dataset)
        assert [labels[group[0]] for group in found] == expected
        assert [len(group) for group in found] == [sizes[label] for label in expected]


def test_numbers_have_no_classes_to_be_small_but_can_be_few():
    few = inspected(49, classes=(), label=[0] * 49, value=[float(value) for value in range(49)])
    assert groups(FewImages(), few) == (tuple(range(49)),)
    assert groups(Imbalance(), few) == NOTHING
    enough = inspected(50, classes=(), label=[0] * 50, value=[float(value) for value in range(50)])
    assert groups(FewImages(), enough) == NOTHING
