"""What the net answers for one image: the image as it came, as the net sees it, and the answer with its
probabilities."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from PIL import Image

from core.evaluation.trying.prediction import Answer, PredictedNumber, Prediction
from core.evaluation.trying.trial import Trial
from core.message import times
from core.runs.decisions import Decision
from ui import image_wall
from ui.charts import probability_bars, top_classes
from ui.judging.looking import heat_map
from ui.markdown import plain
from ui.numbers import percent, quantity
from ui.text import _
from ui.thumbnails import enlarged

_SIDE = 140


@dataclass(frozen=True, eq=False)
class Asked:
    """An image that is asked about; ``name`` tells it from others on the screen."""

    name: str
    image: Image.Image


def show(trial: Trial, asked: list[Asked]) -> None:
    """Draws a card for each image, at least one; above them, what was decided on the answers of this run."""
    seen = [trial.seen(each.image) for each in asked]
    show_decided(trial)
    for position, (each, pixels, answer) in enumerate(zip(asked, seen, trial.ask(seen), strict=True)):
        with st.container(border=True, key=f"answer_{position}"):
            _show_card(each, pixels, answer, position)
            _show_where_it_looks(trial, pixels, answer, position)


def show_decided(trial: Trial) -> None:
    """Says what was decided on the answers of this run, where that is not the default."""
    for line in decided(trial.decision, len(trial.class_names)):
        st.caption(line)


def _show_card(asked: Asked, seen: np.ndarray, answer: Answer, position: int) -> None:
    halves = st.grid(2, min_column_width=300, gap="medium")
    with halves.cell(), st.container(horizontal=True, gap="medium"):
        _show_original(asked)
        caption = _("As the net sees it: {size}").format(size=times(seen.shape))
        image_wall.show([seen], side=_SIDE, alts=[caption], captions=[caption])
    with halves.cell():
        st.markdown(sentence(answer))
        if isinstance(answer, Prediction):
            _show_classes(answer, position)


def _show_where_it_looks(trial: Trial, seen: np.ndarray, answer: Answer, position: int) -> None:
    """On request only: that takes a process with TensorFlow."""
    if st.toggle(_("Show where the net looks"), key=f"answer_looks_{position}"):
        class_index = answer.likeliest if isinstance(answer, Prediction) else 0
        heat_map.show(trial.run, seen, class_index, f"answer_{position}")


def _show_original(asked: Asked) -> None:
    """A small copy of a large image; a small one pixel by pixel."""
    shown = asked.image.reduce(max(1, max(asked.image.size) // (2 * _SIDE)))
    st.image(
        enlarged(np.asarray(shown), _SIDE),
        caption=_("{name}: {size}").format(name=plain(asked.name), size=times(asked.image.size)),
        width=_SIDE,
        alt=asked.name,
        output_format="PNG",
    )


def sentence(answer: Answer) -> str:
    """The answer in words, in Markdown."""
    if isinstance(answer, PredictedNumber):
        return _("The net reads **{value}**.").format(value=quantity(answer.value))
    name, probability = plain(answer.class_names[answer.likeliest]), percent(answer.confidence)
    if answer.is_unsure:
        return _(
            "**I don't know.** The net would say {name}, but with a probability of only {probability}: less than this "
            "run was told to answer from."
        ).format(name=name, probability=probability)
    return _("The net says **{name}**, with a probability of **{probability}**.").format(
        name=name, probability=probability
    )


def decided(decision: Decision, classes: int) -> list[str]:
    """What a person has decided on the answers of a run with so many classes, where it differs from the default."""
    if not classes:
        return []
    lines = {
        _("The probabilities are tempered: temperature {temperature:.2f}, as decided on the Evaluate screen.").format(
            temperature=decision.temperature
        ): decision.temperature != 1,
        _("Below a probability of {least}, the answer is “I don't know”.").format(
            least=percent(decision.least_confidence)
        ): decision.least_confidence > 0,
        _("The second class is the answer from a probability of {threshold} on.").format(
            threshold=percent(decision.threshold)
        ): classes == 2 and decision.threshold != 0.5,
    }
    return [line for line, is_told in lines.items() if is_told]


def _show_classes(prediction: Prediction, position: int) -> None:
    shown = top_classes.table(prediction, top_classes.SHOWN)
    st.altair_chart(
        probability_bars.chart(shown),
        key=f"answer_classes_{position}",
        alt=_("The most probable classes of this image"),
    )
    with st.expander(_("As a table"), key=f"answer_table_{position}", type="compact", icon=":material/table:"):
        st.dataframe(
            top_classes.table(prediction),
            hide_index=True,
            column_config={
                "class_name": st.column_config.TextColumn(_("Class")),
                "probability": st.column_config.NumberColumn(_("Probability"), format="%.4f"),
            },
            alt=_("The probability of each class"),
        )
