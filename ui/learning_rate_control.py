"""Another learning rate for a run that is under way, and those that it was given so far."""

from math import floor, isnan, log10

import streamlit as st

from core.message import Message, say
from core.runs import control, history
from core.runs.run import Run
from ui import numbers, run_trouble, session
from ui.text import _, translate

_FIELD = "learning_rate_control_field"
_LOWEST = 1e-9


def show(run: Run) -> None:
    """Draws the button, and behind it the field, Apply and what was changed so far."""
    now = _rate(run)
    with st.popover(
        _("Learning rate"),
        key="learning_rate_control",
        icon=":material/tune:",
        help=_("Go on with another learning rate, without starting anew."),
        on_change=_offer,
        args=(now,),
    ):
        st.session_state.setdefault(_FIELD, _offered(now))
        st.markdown(_("Now: **{rate}**").format(rate=numbers.rate(now)))
        st.number_input(
            _("From the next update on"),
            _LOWEST,
            step=_step(run.recipe.training.optimizer.learning_rate),
            format="%g",
            key=_FIELD,
            help=_("A learning-rate schedule runs on in proportion, from the rate that you give it."),
        )
        st.button(_("Apply"), key="learning_rate_control_apply", type="primary", on_click=_apply, args=(run.id,))
        show_changes(run)


def show_changes(run: Run) -> None:
    """Says what was changed so far, and from when on; nothing where nothing was."""
    changed = changes(run)
    if changed:
        what = " · ".join(map(translate, changed))
        st.caption(_("Learning rate by hand: {changes}").format(changes=what))


def _rate(run: Run) -> float:
    return run.learning_rate or run.recipe.training.optimizer.learning_rate


def changes(run: Run) -> list[Message]:
    """The learning rates that people gave to ``run``, in the order in which they asked."""
    table = history.rate_changes(session.database(), run.id)
    return [
        _change(step, learning_rate) for step, learning_rate in zip(table["step"], table["learning_rate"], strict=True)
    ]


def _change(step: float, learning_rate: float) -> Message:
    if isnan(step):
        return say("{rate} asked for", rate=numbers.rate(learning_rate))
    return say("{rate} from update {step:,}", rate=numbers.rate(learning_rate), step=int(step) + 1)


def _offer(now: float) -> None:
    """Has the field begin with what the learning rate is when it is opened."""
    st.session_state[_FIELD] = _offered(now)


def _offered(now: float) -> float:
    """What a schedule gives has many digits; nobody types them."""
    return max(_LOWEST, float(numbers.rate(now)))


def _step(rate: float) -> float:
    """A tenth of the digit that counts; it stays as the rate changes, so that the field stays the same one."""
    return 10.0 ** (floor(log10(rate)) - 1)


def _apply(run_id: str) -> None:
    run_trouble.order(control.change_learning_rate, run_id, st.session_state[_FIELD])
