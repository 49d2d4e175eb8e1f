"""The demonstration of what a leaky split hides, on the user's own images: one button, two runs, one picture."""

import streamlit as st

from core.errors import LayerlabError
from core.message import Message, say
from core.runs import leak_demo
from core.runs.leak_demo import NAMES, Demonstration, Outcome
from core.runs.run import Run
from ui import run_states, run_trouble, session
from ui.charts import illusion
from ui.numbers import percent, quantity
from ui.text import _, translate

SPLIT_PAGE, RUNS_PAGE = "pages/data/split.py", "pages/train/runs.py"
_WISH, _ANY = "leak_demo_wish", "any project"


def is_worthwhile() -> bool:
    """Whether any two images of the open project are known to belong together."""
    dataset, pairs = session.needed_dataset(), session.look_alikes()
    has_look_alikes = pairs is not None and len(pairs) > 0
    return leak_demo.honest_split(session.draft().split, dataset, has_look_alikes=has_look_alikes) is not None


def show(*, is_blocked: bool) -> None:
    """Draws what it is about, the button, and what came out; ``is_blocked`` where the draft cannot be trained now."""
    with st.container(border=True, key="leak_demo"):
        st.subheader(_("See what a random split hides"), anchor=False)
        st.markdown(
            _(
                "The same recipe is trained twice: on a split that tears apart what belongs together, and on one that "
                "keeps it together. Both are judged on their validation images."
            )
        )
        found = _latest()
        st.button(
            _("Show it on these images") if found is None else _("Show it once more"),
            key="leak_demo_start",
            icon=":material/compare:",
            disabled=is_blocked or (found is not None and found.is_active),
            help=_("First mend what is said in red above.") if is_blocked else None,
            on_click=_start,
        )
        run_trouble.show()
        if found is not None:
            show_result(found)


def show_result(found: Demonstration) -> None:
    """Draws how far both runs are, then the picture. While they are at work this part draws itself anew."""
    pace = "1s" if found.is_active else None
    st.fragment(_draw, run_every=pace)(found.series, found.is_active)


def ask_for_it() -> None:
    """Has the demonstration begin as soon as the project that is opened next has its images."""
    st.session_state[_WISH] = _ANY


def follow_wish() -> None:
    """Begins the demonstration that was asked for before there were images; `app.py` calls this in every run."""
    project, wish = session.current_project(), st.session_state.get(_WISH)
    if project is None or wish is None:
        return
    if project.dataset_id is None:
        st.session_state[_WISH] = project.id if wish == _ANY else wish
        return
    if wish == _ANY or wish == project.id:
        del st.session_state[_WISH]
    if wish != project.id:
        return
    _start()
    st.switch_page(SPLIT_PAGE)


def _start() -> None:
    project = session.project()
    try:
        leak_demo.start(session.database(), session.workspace(), session.draft(), str(project.dataset_id), project.id)
    except LayerlabError as error:
        run_trouble.keep(error)


def _latest() -> Demonstration | None:
    return leak_demo.latest(session.database(), session.project().id, session.needed_dataset().id)


def _draw(series: str, was_active: bool) -> None:
    found = leak_demo.read(session.database(), series)
    if found is None or found.is_active != was_active:
        st.rerun()
    outcome = leak_demo.outcome(session.database(), session.workspace(), found)
    if outcome is None:
        _show_runs(found)
        return
    text = translate(sentence(outcome))
    st.markdown(f"**{text}**")
    st.altair_chart(illusion.draw(outcome), alt=text)
    with st.expander(_("As a table"), key="leak_demo_table", type="compact"):
        st.dataframe(illusion.table(outcome), hide_index=True, alt=_("What both splits reached"))


def _show_runs(found: Demonstration) -> None:
    for name, run in ((leak_demo.SCATTERED, found.scattered), (leak_demo.TOGETHER, found.together)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_("Run {number}: {split}").format(number=run.number, split=_(NAMES[name])), width=240)
            run_states.badge(run)
            if run.state.is_working:
                st.progress(run.progress, text=_epochs(run))
    if not found.is_active:
        st.caption(
            _("Not both runs have come to a model, so there is nothing to compare. Look at the runs for the reason.")
        )
    else:
        session.keep_engine()
    st.page_link(RUNS_PAGE, label=_("Watch the curves"), icon=":material/show_chart:")


def _epochs(run: Run) -> str:
    return _("{done:,} of {count:,} epochs").format(done=run.epoch, count=run.epochs)


def sentence(outcome: Outcome) -> Message:
    """What came out, in words."""
    if outcome.figure != "accuracy":
        return _of_errors(outcome)
    values = {
        "scattered": percent(outcome.scattered),
        "together": percent(outcome.together),
        "points": f"{100 * outcome.illusion:.0f}",
    }
    if outcome.is_clear:
        return say(
            "The random split promises {scattered}. On pictures that do not belong to any that it was trained on, the "
            "same net is right in {together}: {points} percentage points of the accuracy were an illusion.",
            **values,
        )
    return say(
        "The random split gives {scattered}, the honest one {together}: no difference that chance could not make.",
        **values,
    )


def _of_errors(outcome: Outcome) -> Message:
    values = {"scattered": quantity(outcome.scattered), "together": quantity(outcome.together)}
    if outcome.is_clear:
        return say(
            "The random split promises answers that are off by {scattered} on average. On pictures that do not belong "
            "to any that it was trained on, the same net is off by {together}: the difference was an illusion.",
            **values,
        )
    return say(
        "On average the answers are off by {scattered} with the random split and by {together} with the honest one: "
        "that is no clear difference.",
        **values,
    )
