"""What the net has to beat, and what it might have used instead of what is in the picture."""

from core.evaluation.simple_methods.baseline_verdict import verdict
from core.evaluation.simple_methods.shortcut_messages import told
from core.message import say
from core.report.blocks import Block, Column, Paragraph, Section, Table, Text, quantity, share, span
from core.report.gaps import NO_BASELINES, NO_SHORTCUTS
from core.report.kept import Kept
from core.report.sections import judgement


def section(kept: Kept) -> Section:
    """The baselines beside the net, and the cues of the shortcut check."""
    shortcuts = () if kept.dataset.predicts_numbers else _shortcuts(kept)
    return Section(say("Baselines and shortcuts"), (*_baselines(kept), *shortcuts))


def _baselines(kept: Kept) -> tuple[Block, ...]:
    baselines = kept.baselines
    if baselines is None:
        return (Paragraph(say(NO_BASELINES)),)
    of = quantity if baselines.predicts_numbers else share
    ((_, value, interval),) = judgement.main_rows(kept.validation)
    rows: list[tuple[Text, ...]] = [(say("This net"), value, interval)]
    rows += [(say(each.method.title), of(each.figure), span(each.interval, of)) for each in baselines.of.values()]
    columns = (
        Column(say("Method")),
        Column(judgement.main_title(kept.validation), True),
        Column(say("95 % interval"), True),
    )
    table = Table(say("The net and simple methods on the same validation images"), columns, tuple(rows))
    return Paragraph(verdict(kept.judged, baselines)), table


def _shortcuts(kept: Kept) -> tuple[Block, ...]:
    shortcuts = kept.shortcuts
    if shortcuts is None:
        return (Paragraph(say(NO_SHORTCUTS)),)
    rows = tuple(
        (say(each.cue.title), share(each.accuracy), span(each.interval, share), share(each.balanced_accuracy))
        for each in shortcuts.of.values()
    )
    columns = (
        Column(say("Cue")),
        Column(say("Accuracy"), True),
        Column(say("95 % interval"), True),
        Column(say("Balanced accuracy"), True),
    )
    table = Table(say("How far each cue alone tells the classes"), columns, rows)
    suspected = tuple(Paragraph(told(shortcuts, each), is_caution=True) for each in shortcuts.suspected)
    guessing = Paragraph(
        say("Always answering the most frequent class is right on {guessing}.", guessing=share(shortcuts.guessing))
    )
    return *suspected, table, guessing
