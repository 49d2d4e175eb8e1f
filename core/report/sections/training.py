"""How the training went: its curves, and a row for each epoch."""

from collections.abc import Mapping
from functools import partial
from math import ceil

import pandas as pd

from core.doctor import diagnose
from core.doctor.reading import case_of
from core.message import Message, say
from core.report.blocks import Block, Column, Figure, Paragraph, Picture, Section, Table, Text
from core.report.curve_picture import curve_picture, figure_title
from core.report.kept import Kept
from core.runs.curves import LOSS, best_epoch, curves, is_share, measured, validation_column
from core.runs.states import RunState
from core.split import PART_TITLES

MOST_ROWS = 40
_NO_STEPS = pd.DataFrame({"step": []})


def section(kept: Kept) -> Section:
    """The course in a sentence, the curves, and their figures."""
    history = kept.history
    if history.empty:
        return Section(say("Training"), (Paragraph(say("No epoch was finished, so there are no curves.")),))
    table = curves(history, _NO_STEPS, None, kept.run.epochs)
    picture = Picture(
        partial(curve_picture, table, kept.run.kept_epoch),
        say("The curves of training and validation over the epochs; their figures are in the table below"),
    )
    return Section(say("Training"), (_course(kept), *_findings(kept), picture, *_by_hand(kept), _epochs(kept)))


def _course(kept: Kept) -> Paragraph:
    run = kept.run
    return Paragraph(
        say(
            "{done} of {epochs} epochs were done, {ending}, in {seconds:,.0f} seconds. {weights}",
            done=Figure(len(kept.history)),
            epochs=Figure(run.epochs),
            ending=say("and the run was stopped") if run.state is RunState.STOPPED else say("and the run is complete"),
            seconds=run.elapsed_seconds(kept.database.now()),
            weights=_weights(run.kept_epoch),
        )
    )


def _weights(kept_epoch: int | None) -> Message:
    if kept_epoch is None:
        return say("The model has the weights of the end.")
    return say("The model has the weights of epoch {epoch}.", epoch=Figure(kept_epoch))


def _findings(kept: Kept) -> tuple[Block, ...]:
    """What the curve doctor sees in the curves."""
    return tuple(
        Paragraph(say("{title}. {evidence}", title=finding.title, evidence=finding.evidence), is_caution=True)
        for finding in diagnose(case_of(kept.database, kept.workspace, kept.run))
    )


def _by_hand(kept: Kept) -> tuple[Block, ...]:
    """The learning rates that somebody asked for during the run."""
    changes = kept.rate_changes.dropna(subset="step")
    if changes.empty:
        return ()
    columns = (Column(say("After how many updates"), True), Column(say("Learning rate"), True))
    rows = tuple((Figure(int(step)), Figure(rate, "g")) for step, rate in changes.itertuples(index=False))
    return (Table(say("Learning rates that were set by hand"), columns, rows),)


def _epochs(kept: Kept) -> Table:
    """Of a long run some in equal steps, with the best, the kept and the last one."""
    history = kept.history
    figures = measured(history, _NO_STEPS)
    shown = history[history["epoch"].isin(_shown(history, kept.run.kept_epoch))]
    pairs = [(figure, part) for figure in figures for part in ("train", "validation")]
    columns = [Column(say("Epoch"), True), *(Column(_column_title(*pair), True) for pair in pairs)]
    rows = tuple(
        (Figure(int(row["epoch"])), *(_value(row, figure, part) for figure, part in pairs))
        for row in shown.to_dict("records")
    )
    left_out = len(history) - len(shown)
    title = say("Epoch by epoch") if not left_out else say("Epochs ({left_out:,} are left out)", left_out=left_out)
    return Table(title, tuple(columns), rows)


def _shown(history: pd.DataFrame, kept_epoch: int | None) -> set[int | None]:
    every = ceil(len(history) / MOST_ROWS)
    return {*history["epoch"][::every].tolist(), history["epoch"].iloc[-1], best_epoch(history, LOSS), kept_epoch}


def _column_title(figure: str, part: str) -> Message:
    return say("{part}: {figure}", part=say(PART_TITLES[part]), figure=figure_title(figure))


def _value(row: Mapping[str, float], figure: str, part: str) -> Text:
    value = row[figure if part == "train" else validation_column(figure)]
    return None if pd.isna(value) else Figure(value, ".1%" if is_share(figure) else ".4f")
