"""What a run has measured, to keep: as pictures, as tables, and for TensorBoard; made only when it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.runs import curves as tables
from core.runs import history
from core.runs import store as runs
from core.runs.database import Database
from core.runs.event_files import event_files
from core.runs.rate_curve import rate_curve
from core.runs.run import Run
from ui import curve_picture, session
from ui.charts import curve_chart, curves, rate_chart
from ui.text import _, language

_MIME: Final = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv", "zip": "application/zip"}
_WIDTH: Final = 340


def show(run: Run) -> None:
    """Draws the button; not inside a part that draws itself anew, which would take away files that are on their way."""
    with st.container(width="content"):  # else it gives way in a row that is full
        st.fragment(_draw)(run)


def _draw(run: Run) -> None:
    box = st.popover(
        _("Save the curves"),
        key="curve_export",
        icon=":material/download:",
        disabled=not run.step,
        help=None if run.step else _("There is something to save as soon as the first update is done."),
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        with st.container(horizontal=True, gap="xsmall"):
            _offer_pictures(run)
        with st.container(horizontal=True, gap="xsmall"):
            _offer_tables(run)
        _offer_event_files(run)


def _offer_pictures(run: Run) -> None:
    database = session.database()
    figures = tables.shown(
        history.epochs(database, run.id),
        history.steps(database, run.id),
        has_accuracy=not session.predicts_numbers(run.dataset_id),
    )
    picture = _Picture(
        database=database,
        run_id=run.id,
        figures=figures,
        layout=curve_picture.layout(figures, run.epochs, _("Learning rate"), language()),
        title=_("{project} · run {number}").format(project=session.project().name, number=run.number),
        legend=" · ".join(curves.legend()),
        kept=curves.legend_of_kept(),
    )
    _button(_("Picture (PNG)"), run, "curves", "png", partial(picture.made, curve_picture.png))
    _button(_("Picture (SVG)"), run, "curves", "svg", partial(picture.made, curve_picture.svg))


def _offer_tables(run: Run) -> None:
    database = session.database()
    _button(_("Epochs (CSV)"), run, "epochs", "csv", partial(_table, history.epochs, database, run.id))
    _button(_("Updates (CSV)"), run, "updates", "csv", partial(_table, history.steps, database, run.id))


def _offer_event_files(run: Run) -> None:
    _button(_("Event files for TensorBoard"), run, "tensorboard", "zip", partial(_events, session.database(), run.id))
    command = f"`tensorboard --logdir run-{run.number}`"
    st.caption(
        _("Unpack the zip, run {command} beside it, and open the address that this prints.").format(command=command),
        width=_WIDTH,
    )


def _button(name: str, run: Run, what: str, kind: str, make: Callable[[], str | bytes]) -> None:
    st.download_button(
        name,
        make,
        file_name=f"run-{run.number}-{what}.{kind}",
        mime=_MIME[kind],
        key=f"curve_export_{what}_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )


@dataclass(frozen=True)
class _Picture:
    """What is known of the picture beforehand: it is made in a thread that knows neither the session nor its
    language."""

    database: Database
    run_id: str
    figures: Sequence[str]
    layout: dict[str, Any]
    title: str
    legend: str
    kept: str

    def made(self, draw: Callable[..., str | bytes]) -> str | bytes:
        """As of now, by a function of `ui.curve_picture`."""
        run = runs.get(self.database, self.run_id)
        epochs, steps = history.epochs(self.database, run.id), history.steps(self.database, run.id)
        changes = history.rate_changes(self.database, run.id)
        table = tables.curves(epochs, steps, run.steps_per_epoch, run.epochs)
        rows = {figure: curve_chart.rows(table, figure, run.kept_epoch) for figure in self.figures}
        rates = rate_curve(epochs, steps, changes, run.steps_per_epoch, run.epochs)
        kept = [] if run.kept_epoch is None else [self.kept.format(epoch=run.kept_epoch)]
        subtitle = " · ".join([self.legend, *kept])
        return draw(self.layout, self.title, subtitle, rows | {curve_picture.RATE: rate_chart.rows(rates)})


def _table(read: Callable[[Database, str], pd.DataFrame], database: Database, run_id: str) -> bytes:
    return read(database, run_id).to_csv(index=False).encode()


def _events(database: Database, run_id: str) -> bytes:
    return event_files(runs.get(database, run_id), history.epochs(database, run_id), history.steps(database, run_id))
