"""What the curve doctor sees in the curves of a run: a calm list, each entry with a link to what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.doctor import Control, Finding, diagnose
from core.doctor.diagnosis import FEWEST_EPOCHS
from core.doctor.reading import case_of
from core.message import mark
from core.runs.database import Database
from core.runs.evaluations import latest_evaluation
from core.runs.run import Run
from core.runs.states import RunState
from core.workspace import Workspace
from ui import session
from ui.charts.curves import badge
from ui.markdown import plain
from ui.text import _, translate

_TRAINING, _LAYERS, _SPLIT = "pages/model/training.py", "pages/model/layers.py", "pages/data/split.py"


@dataclass(frozen=True)
class Place:
    """Where a setting is changed, and how that is called."""

    page: str
    label: str
    icon: str


PLACES: Final = {
    Control.EPOCHS: Place(_TRAINING, mark("Change the number of epochs"), ":material/more_time:"),
    Control.LEARNING_RATE: Place(_TRAINING, mark("Change the learning rate"), ":material/speed:"),
    Control.LAYERS: Place(_LAYERS, mark("Change the layers"), ":material/layers:"),
    Control.AUGMENTATION: Place(_TRAINING, mark("Change the augmentation"), ":material/flip:"),
    Control.EARLY_STOPPING: Place(_TRAINING, mark("Change when the training ends"), ":material/timer:"),
    Control.SPLIT: Place(_SPLIT, mark("Change the split"), ":material/call_split:"),
}


def findings(run: Run) -> tuple[Finding, ...]:
    """What its curves show now, found out once for each epoch and state."""
    database = session.database()
    is_judged = run.state.is_trained and latest_evaluation(database, run.id, "validation") is not None
    return _found(database, session.workspace(), run, run.id, run.epoch, run.state, is_judged)


@st.cache_data(max_entries=128, show_spinner=False)
def _found(
    _database: Database,
    workspace: Workspace,
    _run: Run,
    run_id: str,
    epoch: int,
    state: RunState,
    is_judged: bool,
) -> tuple[Finding, ...]:
    return diagnose(case_of(_database, workspace, _run))


def show(run: Run, found: Sequence[Finding]) -> None:
    """Draws what `findings` gives for ``run``; before there is a curve, nothing."""
    if not found and run.epoch < FEWEST_EPOCHS:
        return
    with st.container(gap="small", key="curve_doctor"):
        st.markdown("**{title}**".format(title=_("Curve doctor")), help=_how_it_is_read())
        if not found:
            st.markdown(_("Nothing stands out so far."))
        for position, finding in enumerate(found):
            _show_finding(finding, position)


def _show_finding(finding: Finding, position: int) -> None:
    place = PLACES[finding.control]
    title, evidence, advice = (plain(translate(text)) for text in (finding.title, finding.evidence, finding.advice))
    with st.container(gap="xxsmall", key=f"curve_doctor_{finding.kind}"):
        st.markdown(f"{place.icon} **{badge(position)} {title}**")
        st.markdown(f"{evidence} :gray[{advice}]")
        st.page_link(place.page, label=_(place.label), icon=":material/arrow_forward:")


def _how_it_is_read() -> str:
    return _(
        "Rules with fixed thresholds read the curves after each epoch. Each speaks only where the numbers are clear; "
        "the epochs that it goes by are shaded on the curve, with the same number."
    )
