import pytest

from core.dataset.placement import settle
from core.dataset.sources.source import Known
from core.message import Message

NOTHING = Known()


def settled(*pairs):
    answers = settle([path for path, _ in pairs], [known for _, known in pairs])
    return [str(answer) if isinstance(answer, Message) else answer for answer in answers]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("cats/1.png", NOTHING), ("dogs/1.png", NOTHING)], [Known("cats"), Known("dogs")]),
        ([("cats/1.png", Known(group="g")), ("dogs/1.png", NOTHING)], [Known("cats", group="g"), Known("dogs")]),
        (
            [("train/cats/1.png", NOTHING), ("val/dogs/1.png", NOTHING)],
            [Known("cats", part="train"), Known("dogs", part="validation")],
        ),
        (
            [("train/cats/1.png", Known(part="test")), ("val/dogs/1.png", NOTHING)],
            [Known("cats", part="test"), Known("dogs")],
        ),
        (
            [("train/1.png", Known("a")), ("test/2.png", Known("b"))],
            [Known("a", part="train"), Known("b", part="test")],
        ),
        ([("train/1.png", Known("a", part="test")), ("test/2.png", Known("b"))], [Known("a", part="test"), Known("b")]),
        (
            [("in/train/1.png", Known(value=1.0)), ("in/test/2.png", Known(value=2.0))],
            [Known(value=1.0, part="train"), Known(value=2.0, part="test")],
        ),
        ([("1.png", Known(value=1.0)), ("2.png", Known("a", value=2.0))], [Known(value=1.0), Known(value=2.0)]),
        ([("a/1.png", Known("x")), ("b/1.png", NOTHING), ("c/1.png", NOTHING)], [Known("x"), Known("b"), Known("c")]),
        ([], []),
    ],
)
def test_what_the_source_knows_comes_before_what_the_folders_say(pairs, expected):
    assert settled(*pairs) == expected


def test_an_image_without_a_class_is_refused():
    first, second = settled(("cats/1.png", NOTHING), ("2.png", NOTHING))
    assert first == Known("cats")
    assert "is in no class folder" in second


def test_an_image_without_a_number_among_numbers_is_refused():
    first, second = settled(("cats/1.png", Known(value=0.0)), ("cats/2.png", Known("a")))
    assert first == Known(value=0.0)
    assert "nothing gives this image one" in second
