"""How large the test set must be: to tell two accuracies apart, and to know one of them well enough."""

import streamlit as st

from core.message import Message, say, say_count
from core.split import test_size
from ui.numbers import percent
from ui.text import _, translate

_FIRST, _SECOND, _ASSUMED = "test_size_panel_first", "test_size_panel_second", "test_size_panel_assumed"
_FRESH = {_FIRST: 90.0, _SECOND: 92.0, _ASSUMED: 90.0}


@st.fragment
def show(test_images: int) -> None:
    """Draws both questions with their answers; ``test_images`` is the present size of the test set."""
    with st.grid(2, min_column_width=330, gap="large"):
        with st.container(gap="xsmall"):
            st.markdown(_("**Which of two models is better?**"))
            with st.container(horizontal=True):
                first = _accuracy(_FIRST, _("One is right in"))
                second = _accuracy(_SECOND, _("The other in"))
            for message in to_tell_apart(first, second, test_images):
                st.markdown(translate(message))
        with st.container(gap="xsmall"):
            st.markdown(_("**How sure will the accuracy be?**"))
            assumed = _accuracy(_ASSUMED, _("The model is right in"))
            st.markdown(translate(planned(assumed, test_images)))
    st.caption(
        _(
            "A difference that is there is found in 80% of cases, and one that is not there in 5%. The range holds the "
            "true accuracy in 95% of cases (Wilson). Both hold for images that have nothing to do with each other: a "
            "group of look-alikes counts for little more than one image."
        )
    )


def to_tell_apart(first: float, second: float, test_images: int) -> tuple[Message, ...]:
    """How many images it takes to tell the accuracies ``first`` and ``second`` (0–1) apart, and whether there are.

    Judged on the same images, it takes the fewest where one model is right wherever the other is, and the most where
    their mistakes have nothing to do with each other.
    """
    fewest = test_size.images_to_tell_apart_paired(first, second, disagreement=abs(first - second))
    most = test_size.images_to_tell_apart_paired(first, second)
    different = test_size.images_to_tell_apart(first, second)
    if fewest is None or most is None or different is None:
        return (say("Two models with the same accuracy cannot be told apart, however many images there are."),)
    needed = say(
        "To tell {first} from {second} where both models are judged on the same images, as here, it takes "
        "**{fewest:,}** to **{most:,}** test images: the fewer, the more often both are right or wrong together. "
        "Judged on different images, it takes **{different:,}** for each.",
        first=percent(first),
        second=percent(second),
        fewest=fewest,
        most=most,
        different=different,
    )
    return needed, _verdict(test_images, fewest, most)


def planned(accuracy: float, test_images: int) -> Message:
    """What the test set will tell of a model with this ``accuracy`` (0–1)."""
    if not test_images:
        return say("The test set is empty now: it will tell nothing.")
    low, high = test_size.planned_interval(accuracy, test_images)
    return say_count(
        "On the {count} image of the test, an accuracy of {accuracy} will mean: between **{low}** and **{high}**.",
        "On the {count:,} images of the test, an accuracy of {accuracy} will mean: between **{low}** and **{high}**.",
        count=test_images,
        accuracy=percent(accuracy),
        low=percent(low),
        high=percent(high),
    )


def _verdict(test_images: int, fewest: int, most: int) -> Message:
    if test_images >= most:
        return say("The test set of {images:,} is large enough for that.", images=test_images)
    if test_images >= fewest:
        return say(
            "The test set of {images:,} is large enough only for models that are mostly right together.",
            images=test_images,
        )
    return say(
        "The test set has {images:,} now: a difference as small as that would probably be missed.", images=test_images
    )


def _accuracy(key: str, label: str) -> float:
    percentage = st.number_input(
        label,
        0.0,
        100.0,
        value=_FRESH[key],
        step=0.5,
        format="%.1f",
        key=key,
        icon=":material/percent:",
        persist_state="session",
    )
    return (percentage or 0.0) / 100
