"""Whether a net is better than the simple methods, in words."""

import numpy as np
import pandas as pd

from core.evaluation.comparing.chance import REAL_BELOW
from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.comparing.paired import mcnemar
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.evaluation.evaluation import Evaluation
from core.evaluation.judge import Judged
from core.evaluation.number_evaluation import NumberEvaluation
from core.evaluation.simple_methods.baselines import Baseline, Baselines
from core.message import Message, say


def unbeaten(judged: Judged, baselines: Baselines) -> list[Baseline]:
    """The baselines that a net is not better than, or not by more than chance brings about; the best first.

    ``judged`` is of the same validation images in the same order. Classes are compared by McNemar's exact test, numbers
    by drawing the images anew.
    """
    left = [each for each in baselines.of.values() if not (_is_ahead(judged, each) and _is_real(judged, each))]
    sign = -1 if baselines.predicts_numbers else 1
    return sorted(left, key=lambda baseline: -sign * baseline.figure)


def verdict(judged: Judged, baselines: Baselines) -> Message:
    """What the comparison says of the net; ``judged`` as for `unbeaten`."""
    left = unbeaten(judged, baselines)
    baseline = left[0] if left else baselines.best
    figures = _figures(judged, baseline)
    if not left:
        return say("{figures}: the layers have learned what no simple method here gives.", figures=figures)
    if _is_ahead(judged, baseline):
        return say(
            "{figures}: so small a lead cannot be told from noise. More validation images would show whether the "
            "layers add anything.",
            figures=figures,
        )
    return say("{figures}: the layers have added nothing that this simple method does not give.", figures=figures)


def _figures(judged: Judged, baseline: Baseline) -> Message:
    """Both figures side by side."""
    told = {"net": _figure(judged), "baseline": say(baseline.method.told), "figure": baseline.figure}
    if isinstance(judged, Evaluation):
        return say("The net is right on {net:.1%}, {baseline} on {figure:.1%}", **told)
    return say("The net is off by {net:,.4g} on average, {baseline} by {figure:,.4g}", **told)


def _figure(judged: Judged) -> float:
    return judged.accuracy if isinstance(judged, Evaluation) else judged.mean_absolute_error


def _is_ahead(judged: Judged, baseline: Baseline) -> bool:
    if isinstance(judged, Evaluation):
        return judged.accuracy > baseline.figure
    return judged.mean_absolute_error < baseline.figure


def _is_real(judged: Judged, baseline: Baseline) -> bool:
    """Whether the difference is more than chance brings about."""
    if isinstance(judged, NumberEvaluation):
        predictions = judged.predictions.assign(predicted=baseline.answers)
        other = NumberEvaluation(judged.part, predictions, judged.openings)
        return PairedNumbers(CommonImages(judged, other, (0, 0))).is_real
    net, simple = _right(judged.predictions), _right(judged.predictions.assign(predicted=baseline.answers))
    return mcnemar(int((net & ~simple).sum()), int((simple & ~net).sum())) < REAL_BELOW


def _right(predictions: pd.DataFrame) -> np.ndarray:
    return (predictions["label"] == predictions["predicted"]).to_numpy()
