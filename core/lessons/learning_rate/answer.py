"""Which learning rate was too low, which right, which too high: by what the trials measured."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from core.lessons.answer import Answer, left_out, too_little
from core.lessons.evidence import Evidence, Tried
from core.lessons.positions import position
from core.message import Message, say

RATE: Final = "training.optimizer.learning_rate"
COLUMNS: Final = ("rate", "first_loss", "last_loss", "val_accuracy")
"""Of the figures: the training loss after the first and the last epoch, and the validation accuracy at the end."""


def answer(evidence: Evidence) -> Answer:
    """What each rate came to, the lowest first. Slower or worse is a rate whose validation accuracy is below the 95 %
    interval of the best; too low or too high, on its side of the best, one that is not clearly above guessing either.
    """
    tried = sorted(evidence.tried, key=_rate)
    complete = [each for each in tried if each.is_complete and each.epochs]
    figures = pd.DataFrame([_figures(each) for each in tried], columns=list(COLUMNS))
    if len(tried) < 2 or not complete:
        return too_little(len(complete))
    best = max(complete, key=lambda each: each.last("val_accuracy"))
    if not best.is_above_guessing:
        return Answer((_of_none(best), *left_out(evidence)), None, figures)
    sentences = (
        *(_of(each, best, evidence) for each in tried),
        _conclusion(tried, best, evidence),
        *left_out(evidence),
    )
    return Answer(sentences, position(evidence, RATE, best), figures)


def _of_none(best: Tried) -> Message:
    return say(
        "This time none of the rates has clearly learned anything: the best, {rate}, came to {accuracy} of the "
        "validation images, and always answering the most common class gets {guessing}.",
        rate=f"{_rate(best):g}",
        accuracy=f"{best.last('val_accuracy'):.1%}",
        guessing=f"{best.course.guessing_accuracy:.1%}",
    )


def _of(tried: Tried, best: Tried, evidence: Evidence) -> Message:
    told = {
        "rate": f"{_rate(tried):g}",
        "first": f"{tried.first('loss'):.3g}",
        "last": f"{tried.last('loss'):.3g}",
        "accuracy": f"{tried.last('val_accuracy'):.1%}",
        "guessing": f"{tried.course.guessing_accuracy:.1%}",
        "epochs": tried.epochs,
    }
    if tried is best:
        return say("{rate} went furthest: {accuracy} of the validation images right after {epochs} epochs.", **told)
    if tried.has_diverged:
        return say("{rate} was too high: the training broke down, its loss was not a number any more.", **told)
    if not tried.is_complete:
        return say("{rate} was not trained to the end, so nothing is known of it.", **told)
    if evidence.is_about(tried.last("val_accuracy"), best.last("val_accuracy")):
        return say("{rate} came to {accuracy}: the difference to the best may be chance.", **told)
    if not tried.is_above_guessing and _rate(tried) < _rate(best):
        return say(
            "{rate} was too low: in {epochs} epochs the training loss only went from {first} to {last}. {accuracy} "
            "right is not clearly more than the {guessing} that guessing gets.",
            **told,
        )
    if not tried.is_above_guessing:
        return say(
            "{rate} was too high: every step overshoots. The training loss went from {first} to {last}, and {accuracy} "
            "right is not clearly more than the {guessing} that guessing gets.",
            **told,
        )
    if _rate(tried) < _rate(best):
        return say("{rate} learned, but more slowly: {accuracy} in the same time.", **told)
    return say("{rate} learned, but not as well: {accuracy}.", **told)


def _conclusion(tried: Sequence[Tried], best: Tried, evidence: Evidence) -> Message:
    """What follows, as far as it was seen."""
    wrong = [_rate(each) for each in tried if _has_failed(each, best, evidence)]
    if wrong and min(wrong) < _rate(best) < max(wrong):
        return say("So a learning rate can be wrong in both directions, and at the end both look the same.")
    if best is tried[0]:
        return say("This time the lowest rate tried was the best, so a still lower one may be even better.")
    if best is tried[-1]:
        return say("This time the highest rate tried was the best, so a still higher one may be even better.")
    return say("This time not both were seen, a rate too low to learn and one too high.")


def _has_failed(tried: Tried, best: Tried, evidence: Evidence) -> bool:
    """Whether `_of` says that its rate was too low or too high."""
    if tried.has_diverged:
        return True
    is_as_good = evidence.is_about(tried.last("val_accuracy"), best.last("val_accuracy"))
    return tried.is_complete and not is_as_good and not tried.is_above_guessing


def _rate(tried: Tried) -> float:
    return float(tried.labels[RATE])


def _figures(tried: Tried) -> tuple[float, ...]:
    return _rate(tried), tried.first("loss"), tried.last("loss"), tried.last("val_accuracy")
