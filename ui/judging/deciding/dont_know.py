"""Whether a model answers at all: below a least confidence it says "I don't know", and is right more often."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation import Evaluation
from core.evaluation.confidence.decided import confidence_and_right
from core.evaluation.confidence.rejection import (
    LEAST_ANSWERS,
    Answered,
    answered,
    cross_fitted_answers,
    least_confidence_for,
    risk_coverage,
)
from core.runs import decisions
from core.runs.run import Run
from ui import session
from ui.charts import coverage
from ui.judging import heading
from ui.judging.ranges import span
from ui.numbers import percent
from ui.text import _

_WISHED = "dont_know_wished"
_FRESH_WISH = 95.0


def show(evaluation: Evaluation, run: Run) -> None:
    """Draws what coverage costs and gives; on validation images the least confidence of ``run`` is chosen here.
    ``evaluation`` is the one with the decision for ``run``."""
    heading.show(_('When to say "I don\'t know"'), evaluation.part)
    st.caption(
        _(
            "A model need not answer every image. Where it is less sure than the least confidence it says so: it "
            "answers fewer images, and more of its answers are right."
        )
    )
    decision = decisions.decision(session.database(), run.id)
    confidence, right = confidence_and_right(evaluation)
    points = _points(run.id, run.finished_at, evaluation.part, decision.temperature, decision.threshold, evaluation)
    if evaluation.part == "validation":
        _choose(confidence, right, points, run.id)
        return
    least = decision.least_confidence
    if least == 0:
        st.markdown(_("No least confidence is in use; one can be chosen on the validation images."))
    else:
        chosen = _("The least confidence is **{least}**; it was chosen on the validation images.")
        st.markdown(chosen.format(least=percent(least)))
    _show_chosen(points, evaluation.part, answered(confidence, right, least))


@st.fragment
def _choose(confidence: np.ndarray, right: np.ndarray, points: pd.DataFrame, run_id: str) -> None:
    least = decisions.decision(session.database(), run_id).least_confidence
    controls, picture = st.columns([2, 3], gap="medium")
    with controls:
        _slider(least, run_id)
        st.markdown(coverage.sentence(answered(confidence, right, least)))
        if least > 0:
            st.caption(_("A least confidence that was chosen on these same images flatters here."))
        _find(confidence, right, least, run_id)
        st.button(
            _("Answer every image"),
            key="dont_know_forget",
            icon=":material/undo:",
            disabled=least == 0,
            on_click=partial(_save, run_id, 0.0),
        )
    with picture:
        _show_curve(points, "validation", answered(confidence, right, least))


def _slider(least: float, run_id: str) -> None:
    key = f"dont_know_least_{run_id}"
    st.session_state[key] = least  # what is kept counts, not what this session has seen
    st.slider(
        _("Least confidence"),
        0.0,
        1.0,
        step=0.001,
        format="percent",
        key=key,
        on_change=lambda: _save(run_id, st.session_state[key]),
    )


def _find(confidence: np.ndarray, right: np.ndarray, least: float, run_id: str) -> None:
    wished = st.number_input(
        _("I want so many of its answers right"),
        1.0,
        100.0,
        value=_FRESH_WISH,
        step=0.5,
        format="%.1f",
        key=_WISHED,
        icon=":material/percent:",
        persist_state="session",
        help=_("Only with {count} answers or more: a few are right by luck.").format(count=LEAST_ANSWERS),
    )
    accuracy = (wished or _FRESH_WISH) / 100
    found = least_confidence_for(confidence, right, accuracy)
    if found is None:
        none = _("No least confidence reaches that on these images with {count} answers or more.")
        st.caption(none.format(count=LEAST_ANSWERS))
        return
    share = answered(confidence, right, found).coverage
    st.button(
        _("Use {least}, which answers {coverage}").format(least=percent(found), coverage=percent(share)),
        key="dont_know_use",
        disabled=found == least,
        on_click=partial(_save, run_id, found),
    )
    st.caption(expected(cross_fitted_answers(confidence, right, accuracy)))


def expected(tried: Answered | None) -> str:
    """What to expect on new images, in Markdown; ``tried`` as of `cross_fitted_answers`."""
    if tried is None or tried.interval is None:
        return _("Chosen on only half of these images, it is not reached: do not count on it.")
    return _(
        "To expect on new images: chosen on one half of these and tried on the other, **{accuracy}** of the answers "
        "are right, and **{range}** is what that can mean."
    ).format(accuracy=percent(tried.right / tried.answered), range=span(*tried.interval))


def _show_chosen(points: pd.DataFrame, part: str, chosen: Answered) -> None:
    st.markdown(coverage.sentence(chosen))
    _show_curve(points, part, chosen)


def _show_curve(points: pd.DataFrame, part: str, chosen: Answered) -> None:
    text = coverage.sentence(chosen).replace("*", "")
    st.altair_chart(coverage.chart(points, part, chosen), alt=text, width="stretch")
    st.caption(_("The band is what each accuracy can mean: the fewer answers, the less is known."))
    with st.expander(_("As a table"), key="dont_know_table", icon=":material/table:", type="compact"):
        st.dataframe(coverage.shown(points), hide_index=True, height=220, alt=_("Coverage and accuracy"))


@st.cache_data(max_entries=16, show_spinner=False)
def _points(
    run_id: str, finished_at: datetime | None, part: str, temperature: float, threshold: float, _evaluation: Evaluation
) -> pd.DataFrame:
    """Kept, since the intervals take long; all that they depend on is named."""
    return risk_coverage(*confidence_and_right(_evaluation))


def _save(run_id: str, least: float) -> None:
    database = session.database()
    decision = decisions.decision(database, run_id)
    decisions.save_decision(database, run_id, replace(decision, least_confidence=least))
