"""What changed against the run before, and whether the figures differ by more than chance."""

from core.dataset.store import load
from core.errors import RunError
from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.evaluation.comparing.common_images import on_common_images
from core.evaluation.comparing.paired import PairedClasses
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.message import Message, say
from core.recipe_changes import Concern, in_words
from core.report.blocks import Block, Column, Paragraph, Section, Table, Text
from core.report.gaps import NO_RUN_BEFORE
from core.report.kept import Kept, name_of
from core.report.sections import judgement
from core.runs.run import Run
from core.runs.run_changes import changes_between


def section(kept: Kept) -> Section:
    """The changes, both figures, and the verdict on the images that both were judged on."""
    title = say("What changed against the run before")
    if kept.before is None:
        return Section(title, (Paragraph(say(NO_RUN_BEFORE)),))
    return Section(title, (*_changes(kept, kept.before), *_figures(kept, kept.before), *_verdict(kept, kept.before)))


def _changes(kept: Kept, before: Run) -> tuple[Block, ...]:
    found = changes_between(kept.database, before, kept.run)
    is_unfair = any(change.concern in (Concern.DATA, Concern.SPLIT) for change in found)
    sentence = say("Against {run}: {sentence}", run=name_of(before), sentence=in_words(found))
    rows: tuple[tuple[Text, ...], ...] = tuple((change.what, change.how) for change in found)
    table = Table(say("Changes"), (Column(say("What")), Column(say("How"))), rows)
    return (Paragraph(sentence, is_unfair), table) if found else (Paragraph(sentence),)


def _figures(kept: Kept, before: Run) -> tuple[Block, ...]:
    if kept.validation_before is None:
        return (Paragraph(say("The answers of {run} on its validation images are not kept.", run=name_of(before))),)
    figures = ((before, kept.validation_before[1]), (kept.run, kept.validation))
    rows = [(name_of(run), *cells) for run, result in figures for _, *cells in judgement.main_rows(result)]
    columns = (
        Column(say("Run")),
        Column(judgement.main_title(kept.validation), True),
        Column(say("95 % interval"), True),
    )
    return (Table(say("Both on their validation images"), columns, tuple(rows)),)


def _verdict(kept: Kept, before: Run) -> tuple[Block, ...]:
    if kept.validation_before is None:
        return ()
    return (Paragraph(_compared(kept, before, kept.judged, kept.validation_before[0])),)


def _compared(kept: Kept, before: Run, judged: Judged, other: Judged) -> Message:
    names = name_of(kept.run), name_of(before)
    dataset = load(kept.workspace.datasets, before.dataset_id)
    try:
        if isinstance(judged, Evaluation) and isinstance(other, Evaluation):
            return PairedClasses(on_common_images(judged, kept.dataset, other, dataset)).verdict(*names)
        if isinstance(judged, NumberEvaluation) and isinstance(other, NumberEvaluation):
            return PairedNumbers(on_common_images(judged, kept.dataset, other, dataset)).verdict(*names)
    except RunError as error:  # there is no image that both were judged on
        return error.message
    return say("One of the two predicts classes, the other numbers: their figures cannot be compared.")
