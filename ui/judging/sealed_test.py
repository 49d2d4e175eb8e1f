"""The test set is sealed: it is opened on purpose, by somebody, for a reason, and every opening is on record."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.evaluation import Judged, open_test, record_of
from core.evaluation.figures.flattery import flattery, seen_elsewhere
from core.message import Message, say, say_count
from core.runs import store as runs
from core.runs.openings import LONGEST_NAME, LONGEST_REASON, Opening, SealRecord
from core.runs.run import Run
from ui import session
from ui.numbers import percent, quantity
from ui.parts import part_badge
from ui.text import _, translate

_OPENING = "sealed_test_opening"
_NAME = "sealed_test_name"
_BY, _REASON = "sealed_test_by", "sealed_test_reason"


def show(run: Run, evaluation: Judged | None) -> None:
    """Draws the seal of the test set of ``run`` and the record of its openings; ``evaluation`` is what was seen
    last."""
    record = _record(run)
    opening = record.of(run)
    with st.container(border=True, key="sealed_test"):
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = "lock" if opening is None else "lock_open"
            st.markdown(
                f":material/{icon}: {part_badge('test')} **{translate(_size(record))}** · "
                f"{translate(times(record.count))}",
                width="stretch",
            )
            label = _("Open the test set") if opening is None else _("Open the test set again")
            if st.button(label, key="sealed_test_open", icon=":material/lock_open:"):
                _ask(run, record)
        if opening is not None and evaluation is None:
            st.markdown(_("It found {result}; the answers behind that were not kept.").format(result=_result(opening)))
        _show_worth(record, is_seen=opening is not None, has_accuracy=not session.predicts_numbers(run.dataset_id))
        if record.openings or record.elsewhere:
            _show_record(record)


def opened(run: Run) -> Judged | None:
    """The evaluation on the test set, if the dialog has just been answered with yes. The seal is opened nowhere
    else."""
    asked_run, opened_by, reason = st.session_state.pop(_OPENING, (None, "", ""))
    if asked_run != run.id:
        return None
    with st.spinner(_("Asking the model…")):
        return open_test(session.database(), session.workspace(), run.id, opened_by=opened_by, reason=reason)


def times(openings: int) -> Message:
    """How often it was opened."""
    if openings == 0:
        return say("never opened")
    return say_count("opened {count} time", "opened {count} times", count=openings)


def table(record: Sequence[Opening]) -> pd.DataFrame:
    """One row per opening, the newest first, in words."""
    titles = (_("When"), _("Who"), _("Run"), _("Why"), _("Result"), _("Images"), _("Of these"))
    rows = [
        (
            each.opened_at,
            each.opened_by or _("not recorded"),
            _run_title(each),
            each.reason,
            _result(each),
            each.images,
            each.shared,
        )
        for each in record
    ]
    return pd.DataFrame(rows, columns=titles)


def _ask(run: Run, record: SealRecord) -> None:
    @st.dialog(_("Open the test set?"), icon=":material/lock_open:")
    def ask() -> None:
        st.markdown(
            _(
                "The test images stand for all images that the model will ever meet. They can do so once: after every "
                "choice of layers, settings and runs has been made on the validation images."
            )
        )
        st.markdown(
            _(
                "Opening is recorded and cannot be undone. Whoever looks, changes the model and looks again has begun "
                "to choose by the test images, and their figure flatters."
            )
        )
        st.markdown(f"{part_badge('test')} {translate(_size(record))} · {translate(times(record.count))}")
        st.markdown(_("It is opened for run {number}.").format(number=run.number))
        st.text_input(_("Your name"), st.session_state.get(_NAME, ""), key=_BY, max_chars=LONGEST_NAME)
        st.text_area(
            _("Why now?"),
            key=_REASON,
            max_chars=LONGEST_REASON,
            height=80,
            placeholder=_("For example: every choice is made; this is the model that I hand in."),
        )
        with st.container(horizontal=True, horizontal_alignment="right"):
            keeps = st.button(_("Keep it sealed"), key="sealed_test_keep")
            opens = st.button(
                _("Open it"), key="sealed_test_confirm", type="primary", on_click=_note_opening, args=(run.id,)
            )
        if keeps or (opens and _OPENING in st.session_state):
            st.rerun()
        if opens:
            st.error(_("The record needs your name and a reason."), icon=":material/error:")

    ask()


def _note_opening(run_id: str) -> None:
    """Nothing is opened where the name or the reason is missing."""
    name, reason = st.session_state[_BY].strip(), st.session_state[_REASON].strip()
    if name and reason:
        st.session_state[_NAME] = name
        st.session_state[_OPENING] = (run_id, name, reason)


def _record(run: Run) -> SealRecord:
    return record_of(session.database(), run, session.dataset_of(run.dataset_id), session.assignment_of(run))


def _size(record: SealRecord) -> Message:
    return say_count("{count:,} image", "{count:,} images", count=record.images)


def _show_worth(record: SealRecord, *, is_seen: bool, has_accuracy: bool) -> None:
    elsewhere = seen_elsewhere(record)
    if elsewhere is not None:
        st.warning(translate(elsewhere), icon=":material/visibility:")
    warning = flattery(record, has_accuracy=has_accuracy)
    if warning is not None:
        st.warning(translate(warning), icon=":material/trending_up:")
        with st.popover(_("Where these bounds come from"), type="tertiary", icon=":material/functions:"):
            st.markdown(_source())
    elif is_seen:
        st.caption(_("The figure below is worth most as long as nothing is changed because of it."))
    else:
        st.caption(
            _(
                "Choose by the validation images, and open the test set once, at the end: then its figure can be "
                "trusted."
            )
        )


def _source() -> str:
    return _(
        "On average over test sets of *n* images, the best of *N* models looks better than it is by at most "
        "√(ln *N* / 2*n*) (Boucheron, Lugosi and Massart, 2013, theorem 2.5). Who only picks the best of *k* has "
        "*N* = *k*. Who builds each model knowing the *n* + 1 possible figures of those before it can end at any of "
        "1 + (*n* + 1) + … + (*n* + 1)^(*k* − 1) (Blum and Hardt, 2015)."
    )


def _show_record(record: SealRecord) -> None:
    with st.expander(_("Record of the openings"), key="sealed_test_record", icon=":material/history:"):
        when = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", timezone=st.context.timezone)
        st.dataframe(
            table([*record.openings, *record.elsewhere]),
            hide_index=True,
            key="sealed_test_openings",
            column_config={_("When"): when},
            alt=_("Every opening of this test set"),
        )
        st.caption(_("It cannot be undone or deleted here, and outlives the runs."))


def _run_title(opening: Opening) -> str:
    if opening.run_id is None:
        return _("{name} (deleted)").format(name=opening.run_name)
    run = runs.get(session.database(), opening.run_id)
    title = _("Run {number}").format(number=run.number) if run.project_id else run.id
    return title if opening.is_of(run) else _("{run}, before it went on").format(run=title)


def _result(opening: Opening) -> str:
    if opening.accuracy is not None:
        return percent(opening.accuracy)
    if opening.result is None:
        return _("none")
    return _("mean absolute error {error}").format(error=quantity(opening.result["mean_absolute_error"]))
