"""What the openings of the test set found, and the record of them. Nothing here opens it."""

from core.evaluation.figures.optimism import optimism
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
    """A warning once the test set was opened more than once."""
    times = len(kept.openings)
    if kept.test is None or times < 2:
        return ()
    if kept.dataset.predicts_numbers:
        sentence = say(
            "It was opened {times} times, so the figure has begun to flatter: whatever was chosen in between fits "
            "these images better than others.",
            times=times,
        )
        return (Paragraph(sentence, is_caution=True),)
    bound = optimism(times, kept.test["images"])
    sentence = say(
        "It was opened {times} times, so the figure has begun to flatter: by up to {choosing} points where only the "
        "best of {times} models was kept, by up to {adapting} where a model was changed because of a figure "
        "(Boucheron, Lugosi and Massart, 2013, theorem 2.5; Blum and Hardt, 2015).",
        times=times,
        choosing=f"{100 * bound.by_choosing:.1f}",
        adapting=f"{100 * bound.by_adapting:.1f}",
    )
    return (Paragraph(sentence, is_caution=True),)


def _record(kept: Kept) -> tuple[Block, ...]:
    if not kept.openings:
        return (Paragraph(say("Nobody has opened this test set.")),)
    columns = (
        Column(say("When (UTC)")),
        Column(say("Who")),
        Column(say("Run")),
        Column(say("Why")),
        Column(say("Result"), True),
        Column(say("Images"), True),
    )
    rows = tuple(_row(kept, opening) for opening in kept.openings)
    return (Table(say("Record of the openings of this test set"), columns, rows),)


def _row(kept: Kept, opening: Opening) -> tuple[Text, ...]:
    return (
        f"{opening.opened_at:%Y-%m-%d %H:%M}",
        opening.opened_by or say("not recorded"),
        _run(kept, opening),
        opening.reason,
        _result(opening),
        Figure(opening.images),
    )


def _run(kept: Kept, opening: Opening) -> Message:
    if opening.run_id is None:
        return say("{name} (deleted)", name=opening.run_name)
    return name_of(store.get(kept.database, opening.run_id))


def _result(opening: Opening) -> Text:
    if opening.accuracy is not None:
        return share(opening.accuracy)
    if opening.result is None:
        return None
    return say("off by {error}", error=quantity(opening.result["mean_absolute_error"]))
