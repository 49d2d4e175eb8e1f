"""What the openings of the test set found, and the record of them. Nothing here opens it."""

from core.evaluation.figures.flattery import SOURCE, flattery, seen_elsewhere
from core.message import Message, say
from core.report.blocks import Block, Column, Figure, Paragraph, Section, Table, Text, quantity, share
from core.report.gaps import NO_TEST
from core.report.kept import Kept, name_of
from core.report.sections import judgement
from core.runs import store
from core.runs.openings import Opening


def section(kept: Kept) -> Section:
    """The figures of the last opening for this run, what they are worth, and all openings."""
    return Section(say("Test"), (*_figures(kept), *_worth(kept), *_record(kept)))


def _figures(kept: Kept) -> tuple[Block, ...]:
    result = kept.test
    if result is None:
        return (Paragraph(say(NO_TEST)),)
    if not judgement.has_classes(result):
        rows = judgement.main_rows(result) + judgement.errors_of_numbers(result)
        table = Table(say("Figures on the test images"), judgement.FIGURE_COLUMNS, tuple(rows))
        return Paragraph(judgement.sentence(result)), table
    return Paragraph(judgement.sentence(result)), judgement.per_class(result), *judgement.confusion(result)


def _worth(kept: Kept) -> tuple[Block, ...]:
    """What is known against the figure: several openings, and images that were opened under other splits."""
    has_accuracy = not kept.dataset.predicts_numbers
    told = (seen_elsewhere(kept.seal), flattery(kept.seal, has_accuracy=has_accuracy))
    cautions = tuple(Paragraph(message, is_caution=True) for message in told if message is not None)
    return (*cautions, Paragraph(SOURCE)) if has_accuracy and kept.seal.count > 1 else cautions


def _record(kept: Kept) -> tuple[Block, ...]:
    openings = (*kept.seal.openings, *kept.seal.elsewhere)
    if not openings:
        return (Paragraph(say("Nobody has opened this test set.")),)
    columns = (
        Column(say("When (UTC)")),
        Column(say("Who")),
        Column(say("Run")),
        Column(say("Why")),
        Column(say("Result"), True),
        Column(say("Images"), True),
        Column(say("Of these"), True),
    )
    rows = tuple(_row(kept, opening) for opening in openings)
    return (Table(say("Record of the openings of this test set"), columns, rows),)


def _row(kept: Kept, opening: Opening) -> tuple[Text, ...]:
    return (
        f"{opening.opened_at:%Y-%m-%d %H:%M}",
        opening.opened_by or say("not recorded"),
        _run(kept, opening),
        opening.reason,
        _result(opening),
        Figure(opening.images),
        Figure(opening.shared),
    )


def _run(kept: Kept, opening: Opening) -> Message:
    if opening.run_id is None:
        return say("{name} (deleted)", name=opening.run_name)
    run = store.get(kept.database, opening.run_id)
    return name_of(run) if opening.is_of(run) else say("{run}, before it went on", run=name_of(run))


def _result(opening: Opening) -> Text:
    if opening.accuracy is not None:
        return share(opening.accuracy)
    if opening.result is None:
        return None
    return say("off by {error}", error=quantity(opening.result["mean_absolute_error"]))
