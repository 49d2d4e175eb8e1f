"""Of two classes, from which probability on the second one is the answer: where mistakes cost least."""

from dataclasses import replace
from functools import partial

import streamlit as st

from core.evaluation import Evaluation
from core.evaluation.confidence.decided import decided
from core.evaluation.confidence.decision_threshold import (
    cheapest,
    costs,
    cross_fitted_cost,
    theoretical_threshold,
)
from core.runs import decisions
from core.runs.decisions import Decision
from core.runs.run import Run
from ui import session
from ui.charts import confusion, threshold_costs
from ui.judging import heading
from ui.markdown import plain
from ui.numbers import quantity
from ui.text import _

_MATRIX_WIDTH = 200
_LEAST_COST = 0.01


def show(evaluation: Evaluation, run: Run) -> None:
    """Draws what the threshold of ``run`` does to its answers; on validation images it is chosen here."""
    heading.show(_("From which probability on?"), evaluation.part)
    first, second = map(plain, evaluation.class_names)
    st.caption(
        _(
            "The answer is {second} from a probability on that you choose. Lower it where it is worse to take {second} "
            "for {first}, and raise it where it is worse to take {first} for {second}."
        ).format(first=first, second=second)
    )
    if evaluation.part == "validation":
        _choose(evaluation, run.id)
        return
    decision = decisions.decision(session.database(), run.id)
    st.markdown(
        _("The threshold is **{threshold}**; it is chosen on the validation images.").format(
            threshold=quantity(decision.threshold)
        )
    )
    _show_matrix(evaluation, decision)


def sentence(evaluation: Evaluation, decision: Decision) -> str:
    """What the answers of ``evaluation``, as decided, get wrong, and what that costs by ``decision``; in Markdown."""
    (kept, alarms), (misses, found) = evaluation.confusion
    cost = (misses * decision.cost_of_miss + alarms * decision.cost_of_false_alarm) / evaluation.images
    first, second = map(plain, evaluation.class_names)
    return _(
        "{second} taken for {first}: **{misses:,} of {of_second:,}**. {first} taken for {second}: **{alarms:,} of "
        "{of_first:,}**. That costs **{cost}** an image."
    ).format(
        misses=misses,
        of_second=misses + found,
        alarms=alarms,
        of_first=kept + alarms,
        first=first,
        second=second,
        cost=quantity(cost),
    )


def flattery(seeming: float, tried: float | None) -> str:
    """How much the cheapest threshold flatters; ``seeming`` is its cost of an image where it was chosen, ``tried`` as
    of `cross_fitted_cost`. In Markdown."""
    flatters = _("A threshold that was chosen on these same images flatters here.")
    if tried is None:
        return flatters
    told = _(
        "The cheapest one costs **{seeming}** an image here; chosen on one half of the images and tried on the other, "
        "**{tried}**, which is what to expect on new images."
    ).format(seeming=quantity(seeming), tried=quantity(tried))
    return f"{flatters} {told}"


@st.fragment
def _choose(evaluation: Evaluation, run_id: str) -> None:
    decision = decisions.decision(session.database(), run_id)
    controls, picture = st.columns([3, 2], gap="medium")
    with controls:
        _slider(decision, evaluation.class_names[1], run_id)
        _ask_costs(decision, evaluation.class_names, run_id)
    with picture:
        _show_matrix(evaluation, decision)
    _show_costs(evaluation, decision, run_id)


def _slider(decision: Decision, second: str, run_id: str) -> None:
    key = f"threshold_{run_id}"
    st.session_state[key] = decision.threshold  # what is kept counts, not what this session has seen
    st.slider(
        _("The answer is {second} from this probability on").format(second=plain(second)),
        0.0,
        1.0,
        step=0.001,
        format="%.3f",
        key=key,
        on_change=partial(_keep, run_id, "threshold", key),
    )


def _ask_costs(decision: Decision, class_names: tuple[str, ...], run_id: str) -> None:
    first, second = map(plain, class_names)
    with st.container(horizontal=True):
        _ask_cost(run_id, "cost_of_miss", decision.cost_of_miss, taken=second, taken_for=first)
        _ask_cost(run_id, "cost_of_false_alarm", decision.cost_of_false_alarm, taken=first, taken_for=second)


def _ask_cost(run_id: str, name: str, cost: float, *, taken: str, taken_for: str) -> None:
    key = f"threshold_{name}_{run_id}"
    st.session_state[key] = cost
    st.number_input(
        _("Cost of taking {taken} for {taken_for}").format(taken=taken, taken_for=taken_for),
        _LEAST_COST,
        step=1.0,
        format="%.6g",
        key=key,
        on_change=partial(_keep, run_id, name, key),
        help=_("In any unit, the same for both: only how they compare counts."),
        width=220,
    )


def _show_matrix(evaluation: Evaluation, decision: Decision) -> None:
    used = decided(evaluation, decision)
    text = sentence(used, decision)
    theme = st.context.theme.type or "light"
    chart = confusion.chart(confusion.table(used), _MATRIX_WIDTH, theme)
    st.altair_chart(chart, alt=text.replace("*", ""), width="content")
    st.markdown(text)


def _show_costs(evaluation: Evaluation, decision: Decision, run_id: str) -> None:
    labels = evaluation.predictions["label"].to_numpy()
    second = decided(evaluation, decision).probabilities[:, 1]
    table = costs(labels, second, decision.cost_of_miss, decision.cost_of_false_alarm)
    theoretical = theoretical_threshold(decision.cost_of_miss, decision.cost_of_false_alarm)
    best = cheapest(table, theoretical)
    drawn = threshold_costs.drawn(table)
    text = threshold_costs.sentence(best, theoretical)
    chart = threshold_costs.chart(drawn, evaluation.part, best, theoretical, decision.threshold)
    st.altair_chart(chart, alt=text.replace("*", ""), width="stretch")
    st.caption(_("full: in use · dashed: cheapest · dotted: in theory"))
    st.markdown(text)
    tried = cross_fitted_cost(labels, second, decision.cost_of_miss, decision.cost_of_false_alarm)
    st.caption(flattery(float(table["mean_cost"].min()), tried))
    st.button(
        _("Use {threshold}").format(threshold=quantity(best)),
        key="threshold_use_cheapest",
        disabled=best == decision.threshold,
        on_click=partial(_save, run_id, "threshold", best),
    )
    with st.expander(_("As a table"), key="threshold_table", icon=":material/table:", type="compact"):
        shown = threshold_costs.shown(drawn)
        st.dataframe(shown, hide_index=True, height=220, alt=_("Mistakes and their cost by threshold"))


def _keep(run_id: str, name: str, key: str) -> None:
    """What was entered; an emptied field leaves what was there."""
    value = st.session_state[key]
    if value is not None:
        _save(run_id, name, value)


def _save(run_id: str, name: str, value: float) -> None:
    database = session.database()
    decision = decisions.decision(database, run_id)
    decisions.save_decision(database, run_id, replace(decision, **{name: value}))
