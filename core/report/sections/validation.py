"""What the model is worth on the validation images, and how far its confidence can be trusted."""

from collections.abc import Mapping
from typing import Any

from core.evaluation import Evaluation, Judged, NumberEvaluation
from core.evaluation.confidence.calibration import calibration_error
from core.evaluation.figures.chosen_by import chosen_by
from core.evaluation.figures.class_figures import class_averages
from core.evaluation.figures.dependence import dependence
from core.evaluation.figures.resampling import Estimate
from core.message import Message, say
from core.quality.store import near_clusters
from core.report.blocks import Block, Figure, Paragraph, Section, Table, Text, facts, quantity, share, span
from core.report.kept import Kept
from core.report.sections import judgement
from core.runs.decisions import UNDECIDED, Decision


def section(kept: Kept) -> Section:
    """All figures with their intervals."""
    rows = judgement.main_rows(kept.validation) + _further(kept.judged, kept.validation)
    blocks: tuple[Block, ...] = (
        Paragraph(judgement.sentence(kept.validation)),
        *_cautions(kept),
        Table(say("Figures on the validation images"), judgement.FIGURE_COLUMNS, tuple(rows)),
    )
    if judgement.has_classes(kept.validation):
        blocks += (judgement.per_class(kept.validation), *judgement.confusion(kept.validation))
    return Section(say("Validation"), (*blocks, *_decisions(kept.decision)))


def _cautions(kept: Kept) -> tuple[Block, ...]:
    """What takes from the worth of the figures."""
    rows, clusters = kept.judged.predictions["row"].to_numpy(), near_clusters(kept.dataset)
    found = (
        chosen_by(kept.run, kept.of_project),
        dependence(kept.run.recipe.split, kept.dataset.images, rows, clusters),
    )
    return tuple(Paragraph(caution, is_caution=True) for caution in found if caution is not None)


def _further(judged: Judged, result: Mapping[str, Any]) -> judgement.Rows:
    if isinstance(judged, NumberEvaluation):
        return _of_numbers(judged, result)
    averages, calibration = class_averages(judged), _calibration(judged)
    return [
        (say("Macro F1"), *_estimated(averages.macro_f1)),
        (say("Balanced accuracy"), *_estimated(averages.balanced_accuracy)),
        (say("Expected calibration error"), *calibration),
    ]


def _of_numbers(judged: NumberEvaluation, result: Mapping[str, Any]) -> judgement.Rows:
    """The figures of ``result``, with intervals by drawing the images anew."""
    squared, variance = judged.root_mean_squared_error_estimate.interval, judged.r_squared_estimate
    spans: tuple[Text, ...] = (
        span(squared, quantity),
        span(variance.interval, lambda end: Figure(end, ".3f")) if variance else None,
    )
    rows = judgement.errors_of_numbers(result)
    return [(name, value, each) for (name, value, _), each in zip(rows, spans, strict=True)]


def _estimated(estimate: Estimate) -> tuple[Figure | None, Message | None]:
    return share(estimate.value), span(estimate.interval, share)


def _calibration(judged: Evaluation) -> tuple[Figure | None, Message | None]:
    predictions = judged.predictions
    right = (predictions["label"] == predictions["predicted"]).to_numpy()
    error = calibration_error(predictions["confidence"].to_numpy(), right)
    return share(error.value), span((error.low, error.high), share)


def _decisions(decision: Decision) -> tuple[Block, ...]:
    """How the answers are to be used, where somebody has decided that."""
    if decision == UNDECIDED:
        return ()
    rows: list[tuple[Message, Text]] = [
        (say("Temperature of the confidence"), Figure(decision.temperature, ".4g")),
        (say("“I don't know” below a confidence of"), share(decision.least_confidence)),
        (say("Second of two classes from a probability of"), share(decision.threshold)),
        (say("Cost of a miss"), Figure(decision.cost_of_miss, "g")),
        (say("Cost of a false alarm"), Figure(decision.cost_of_false_alarm, "g")),
    ]
    note = Paragraph(say("The figures above are those of the model without these decisions."))
    return facts(say("How its answers are to be used"), rows), note
