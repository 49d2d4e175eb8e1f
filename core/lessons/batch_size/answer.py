"""What the batch size changed: updates per epoch, the noise from update to update, time, and the result."""

from typing import Final

import numpy as np
import pandas as pd

from core.doctor.curve_shape import tremble
from core.lessons.answer import Answer, left_out, too_little
from core.lessons.evidence import Evidence, Tried
from core.lessons.positions import SAME, position
from core.message import Message, say

SIZE: Final = "training.batch_size"
COLUMNS: Final = ("batch_size", "updates", "epoch_seconds", "noise", "val_accuracy")


def answer(evidence: Evidence) -> Answer:
    """Compares the smallest batches with the largest, of those that were trained to the end, and says which came
    furthest."""
    complete = sorted(evidence.complete, key=_size)
    figures = pd.DataFrame([_figures(each, evidence) for each in complete], columns=list(COLUMNS))
    if len(complete) < 2:
        return too_little(len(complete))
    best = max(complete, key=lambda each: each.last("val_accuracy"))
    right = position(evidence, SIZE, best)
    smallest, largest = figures.iloc[0], figures.iloc[-1]
    sentences = (
        _updates(evidence, smallest, largest),
        _result(best, complete, right),
        _noise(smallest, largest),
        _time(figures),
        *left_out(evidence),
    )
    return Answer(sentences, right, figures)


def noise(losses: np.ndarray) -> float:
    """How much the training loss jumps from update to update: the standard deviation about its running median of three,
    in the second half of all updates (where the loss falls slowly); NaN for fewer than four."""
    second_half = losses[len(losses) // 2 :]
    second_half = second_half[np.isfinite(second_half)]
    return tremble(second_half) if len(second_half) >= 4 else float("nan")


def _updates(evidence: Evidence, smallest: pd.Series, largest: pd.Series) -> Message:
    return say(
        "The weights are changed once per batch. {images:,} training images in batches of {small:,} are {most:,} "
        "updates per epoch, in batches of {large:,} only {least:,}.",
        images=evidence.training_images,
        small=int(smallest["batch_size"]),
        large=int(largest["batch_size"]),
        most=int(smallest["updates"]),
        least=int(largest["updates"]),
    )


def _result(best: Tried, complete: list[Tried], right: str | None) -> Message:
    worst = min(complete, key=lambda each: each.last("val_accuracy"))
    told = {
        "epochs": best.epochs,
        "best": _size(best),
        "accuracy": f"{best.last('val_accuracy'):.1%}",
        "worst": _size(worst),
        "lowest": f"{worst.last('val_accuracy'):.1%}",
    }
    if right == SAME:
        return say(
            "In {epochs} epochs all came to about the same, {lowest} to {accuracy} of the validation images: the "
            "differences may be chance.",
            **told,
        )
    sentence = say(
        "In the same {epochs} epochs batches of {best:,} came furthest: {accuracy} of the validation images are right, "
        "with batches of {worst:,} it is {lowest}.",
        **told,
    )
    if right is not None:
        return sentence
    return say("{sentence} Others came so close to the best that chance may have decided.", sentence=sentence)


def _noise(smallest: pd.Series, largest: pd.Series) -> Message:
    told = {
        "small": int(smallest["batch_size"]),
        "large": int(largest["batch_size"]),
        "noise": f"{smallest['noise']:.2g}",
        "less": f"{largest['noise']:.2g}",
    }
    if largest["noise"] < smallest["noise"]:
        return say(
            "A small batch is a small sample: its loss jumps by {noise} from update to update, that of {large:,} "
            "images by {less}.",
            **told,
        )
    return say(
        "The loss of {small:,} images jumps by {noise} from update to update, that of {large:,} by {less}: this time "
        "large batches were not calmer.",
        **told,
    )


def _time(figures: pd.DataFrame) -> Message:
    """The smallest batches beside those with the quickest epoch."""
    smallest, largest = figures.iloc[0], figures.iloc[-1]
    quickest = figures.loc[figures["epoch_seconds"].idxmin()]
    other = largest if quickest["batch_size"] == smallest["batch_size"] else quickest
    told = {
        "small": int(smallest["batch_size"]),
        "other": int(other["batch_size"]),
        "seconds": f"{smallest['epoch_seconds']:.2g}",
        "others": f"{other['epoch_seconds']:.2g}",
    }
    if other is quickest:
        return say(
            "Many small updates cost time: the quickest epoch took {seconds} s in batches of {small:,} and {others} s "
            "in batches of {other:,}.",
            **told,
        )
    return say(
        "The quickest epoch took {seconds} s in batches of {small:,} and {others} s in batches of {other:,}: this time "
        "large batches saved none.",
        **told,
    )


def _size(tried: Tried) -> int:
    return int(tried.labels[SIZE])


def _figures(tried: Tried, evidence: Evidence) -> tuple[float, ...]:
    updates = evidence.recipe.training.model_copy(update={"batch_size": _size(tried)}).updates_per_epoch(
        evidence.training_images
    )
    seconds = tried.course.epochs["seconds"].min()  # the first sets up the net, and other work disturbs some
    return _size(tried), updates, float(seconds), noise(tried.losses), tried.last("val_accuracy")
