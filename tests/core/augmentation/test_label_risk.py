import pytest

from core.augmentation import FRESH_AUGMENTATIONS, Augmentation
from core.augmentation.label_risk import label_risk
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_rotation import RandomRotation
from core.problem import Severity

MIRROR = RandomFlip(mode="horizontal")
UPSIDE_DOWN = RandomFlip(mode="vertical")
BOTH = RandomFlip(mode="horizontal_and_vertical")
LARGE, SMALL = RandomRotation(factor=0.5), RandomRotation(factor=0.05)
DIGITS = tuple("0123456789")
ANIMALS = ("bear", "bird", "cat", "cow")

RISKS = [
    (MIRROR, DIGITS, "digits"),
    (MIRROR, ("0번", "1번", "2번"), "digits"),
    (UPSIDE_DOWN, ("digit_3", "digit_8", "nothing"), "digits"),
    (BOTH, ("three", "Seven"), "digits"),
    (LARGE, DIGITS, "180 degrees"),
    (MIRROR, ("b", "d", "p"), "letters"),
    (MIRROR, ("ㅏ", "ㅓ", "ㄱ"), "letters"),
    (LARGE, ("N", "Z"), "letters"),
    (MIRROR, ("turn_left", "turn_right", "stop"), "sides"),
    (MIRROR, ("좌회전", "우회전"), "sides"),
    (MIRROR, ("왼쪽 신발", "오른쪽 신발"), "sides"),
    (LARGE, ("Left", "Right"), "directions"),
    (UPSIDE_DOWN, ("thumb up", "thumb-down"), "up from down"),
    (BOTH, ("위", "아래"), "up from down"),
    (MIRROR, ("clockwise", "counterclockwise"), "which way"),
    (MIRROR, (), "gauge"),
    (SMALL, (), "18 degrees"),
]


@pytest.mark.parametrize(("augmentation", "class_names", "words"), RISKS)
def test_it_warns_where_a_label_can_break(augmentation: Augmentation, class_names, words: str) -> None:
    problem = label_risk(augmentation, class_names)
    assert problem is not None
    assert words in str(problem.message)
    assert problem.severity is Severity.WARNING


SAFE = [
    (MIRROR, ANIMALS),
    (LARGE, ANIMALS),
    (SMALL, DIGITS),
    (RandomRotation(factor=0.0), ()),
    (MIRROR, ("thumb up", "thumb down")),
    (UPSIDE_DOWN, ("left", "right")),
    (LARGE, ("clockwise", "counterclockwise")),
    (MIRROR, ("a", "apples", "pears", "plums")),
    (MIRROR, ("birch", "upright piano", "leftovers")),
    (MIRROR, ("개", "소", "말")),
]


@pytest.mark.parametrize(("augmentation", "class_names"), SAFE)
def test_it_is_silent_where_nothing_speaks_for_it(augmentation: Augmentation, class_names) -> None:
    assert label_risk(augmentation, class_names) is None


@pytest.mark.parametrize("kind", sorted(set(FRESH_AUGMENTATIONS) - {"RandomFlip", "RandomRotation"}))
def test_no_other_kind_moves_an_image_into_another_class(kind: str) -> None:
    assert label_risk(FRESH_AUGMENTATIONS[kind], DIGITS) is None
    assert label_risk(FRESH_AUGMENTATIONS[kind], ()) is None
