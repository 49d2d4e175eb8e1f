"""Pictures that belong to no class, what the net answers all the same, and why."""

import pandas as pd
import streamlit as st

from core.evaluation.trying.prediction import Answer, Prediction
from core.evaluation.trying.trial import Trial
from core.evaluation.trying.unusual import UnusualPicture, unusual_pictures
from core.runs.run import Run
from ui import image_wall
from ui.markdown import plain
from ui.numbers import quantity
from ui.text import _, translate
from ui.trying import answer, training_images

_SIDE = 140


def show(trial: Trial) -> None:
    """Draws the pictures with their answers, and says what to make of them."""
    pictures = _pictures(trial.run, trial.class_names)
    seen = [trial.seen(each.image) for each in pictures]
    answers = trial.ask(seen)
    titles = [translate(each.title) for each in pictures]
    answer.show_decided(trial)
    with st.grid(len(pictures), min_column_width=170, gap="medium") as grid:
        for title, pixels, each in zip(titles, seen, answers, strict=True):
            with grid.cell():
                image_wall.show([pixels], side=_SIDE, alts=[title])
                st.markdown(f"**{plain(title)}**")
                st.markdown(answer.sentence(each))
    st.markdown(_explained(trial))
    if trial.class_names and not trial.decision.least_confidence:
        st.caption(
            _("This run never says “I don't know” so far: a least probability is chosen on the Evaluate screen.")
        )
    with st.expander(_("As a table"), key="try_unusual_table", type="compact", icon=":material/table:"):
        st.dataframe(_table(titles, answers), hide_index=True, alt=_("What the net answers for each of the pictures"))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Run: lambda run: run.id})
def _pictures(run: Run, class_names: tuple[str, ...]) -> list[UnusualPicture]:
    return unusual_pictures(run.recipe.image, class_names, training_images.some(run))


def _table(titles: list[str], answers: list[Answer]) -> pd.DataFrame:
    rows = [
        (title, each.class_names[each.likeliest], f"{each.confidence:.2%}")
        if isinstance(each, Prediction)
        else (title, quantity(each.value), "")
        for title, each in zip(titles, answers, strict=True)
    ]
    return pd.DataFrame(rows, columns=[_("Picture"), _("Answer"), _("Probability")])


def _explained(trial: Trial) -> str:
    """In a few sentences, why there is an answer at all, and what “I don't know” does about it."""
    if not trial.class_names:
        return _(
            "A net that predicts a number gives one for every picture: it has no way to say that there is nothing to "
            "read. Only what looks like its training images is read as it was judged."
        )
    return _(
        "The net always shares out 100% among the classes that it was trained on: nothing of it can go to “none of "
        "them”, so one class comes first whatever it is shown. “I don't know” catches pictures of which no class gets "
        "a large share. It does not catch a picture that happens to look strongly like one class. Against those, "
        "train with one class more, for everything else."
    )
