import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DatasetError, LayerlabError, ProjectError, RecipeError, RunError
from core.message import Message, mark, say, say_count, times

SENTENCES = [
    (say("Plain."), "Plain."),
    (say("{images:,} images", images=12_345), "12,345 images"),
    (say("{name} is new", name="{고양이}"), "{고양이} is new"),
    (say("{first} and {second}", first=say("Training"), second=say("{part}", part="Test")), "Training and Test"),
    (say_count("{count} image", "{count} images", count=1), "1 image"),
    (say_count("{count} image", "{count} images", count=0), "0 images"),
    (
        say_count("{count:,} image of {name}", "{count:,} images of {name}", count=2_000, name="cat"),
        "2,000 images of cat",
    ),
]


@pytest.mark.parametrize(("message", "english"), SENTENCES)
def test_a_message_is_its_english_sentence(message: Message, english: str) -> None:
    assert str(message) == english


@pytest.mark.parametrize("message", [message for message, _ in SENTENCES])
def test_a_message_survives_its_json(message: Message) -> None:
    assert Message.from_json(message.to_json()) == message


simple_values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
messages = st.recursive(
    st.builds(
        Message, st.text(), st.dictionaries(st.text(), simple_values, max_size=3), st.none() | st.text(min_size=1)
    ),
    lambda inner: st.builds(Message, st.text(), st.dictionaries(st.text(), inner | simple_values, max_size=3)),
    max_leaves=5,
)


@given(messages)
def test_any_message_survives_its_json(message: Message) -> None:
    assert Message.from_json(message.to_json()) == message


def test_korean_stays_readable_in_json() -> None:
    assert "고양이" in say("{name}", name="고양이").to_json()


@pytest.mark.parametrize(
    ("size", "spoken"), [((24, 24, 32), "24 × 24 × 32"), ((1_024, 3), "1,024 × 3"), ((7,), "7"), ((), "")]
)
def test_how_a_size_is_read_aloud(size: tuple[int, ...], spoken: str) -> None:
    assert times(size) == spoken


def test_a_marked_text_is_the_text() -> None:
    assert mark("Training") == "Training"


@pytest.mark.parametrize("kind", [RecipeError, DatasetError, RunError, ProjectError])
def test_an_error_carries_its_message(kind: type[LayerlabError]) -> None:
    message = say("{name} is not there.", name="cats")

    error = kind(message)

    assert isinstance(error, LayerlabError)
    assert error.message is message
    assert str(error) == "cats is not there."
