"""The worst mistakes on the validation images, as pictures."""

import io
from collections.abc import Sequence

import numpy as np
import pandas as pd
from PIL import Image

from core.dataset.store import pixels
from core.evaluation import NumberEvaluation
from core.message import Message, say
from core.report.blocks import Column, Gallery, Paragraph, Section, Table, Thumbnail, quantity, share
from core.report.kept import Kept

SHOWN = 12
_LARGEST_SIDE = 96
"""Pixels of a picture; larger images are made smaller."""


def section(kept: Kept) -> Section:
    """The most confident mistakes, or the answers that are furthest off."""
    return Section(say("Worst mistakes"), (_worst(kept),))


def _worst(kept: Kept) -> Gallery | Paragraph:
    judged = kept.judged
    if isinstance(judged, NumberEvaluation):
        worst = judged.furthest(SHOWN)
        return _gallery(kept, worst, *_of_numbers(worst))
    worst = judged.mistakes().head(SHOWN)
    if worst.empty:
        return Paragraph(say("Every validation image got the right class."))
    return _gallery(kept, worst, *_of_classes(worst, judged.class_names))


def _gallery(kept: Kept, worst: pd.DataFrame, table: Table, captions: list[Message]) -> Gallery:
    seen = pixels(kept.dataset, kept.run.recipe.image)
    described = zip(worst["row"].tolist(), worst["path"], captions, strict=True)
    return Gallery(tuple(Thumbnail(_png(seen[row]), path, caption) for row, path, caption in described), table)


def _of_classes(worst: pd.DataFrame, names: Sequence[str]) -> tuple[Table, list[Message]]:
    """The table, and a line for each picture."""
    told = [(names[each.label], names[each.predicted], share(each.confidence)) for each in worst.itertuples()]
    columns = (
        Column(say("Image")),
        Column(say("True class")),
        Column(say("Predicted class")),
        Column(say("Confidence"), True),
    )
    rows = tuple((path, *cells) for path, cells in zip(worst["path"], told, strict=True))
    captions = [
        say("{true} taken for {predicted}, {confidence} sure", true=true, predicted=predicted, confidence=confidence)
        for true, predicted, confidence in told
    ]
    return Table(say("The most confident mistakes"), columns, rows), captions


def _of_numbers(worst: pd.DataFrame) -> tuple[Table, list[Message]]:
    """As `_of_classes`."""
    told = [
        (quantity(each.value), quantity(each.predicted), quantity(abs(each.predicted - each.value)))
        for each in worst.itertuples()
    ]
    columns = (
        Column(say("Image")),
        Column(say("True number"), True),
        Column(say("Answer"), True),
        Column(say("Off by"), True),
    )
    rows = tuple((path, *cells) for path, cells in zip(worst["path"], told, strict=True))
    captions = [
        say("{value}, answered {predicted}, off by {error}", value=value, predicted=predicted, error=error)
        for value, predicted, error in told
    ]
    return Table(say("The answers that are furthest off"), columns, rows), captions


def _png(image: np.ndarray) -> bytes:
    """``image``: uint8 (height, width, channels)."""
    picture = Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image)
    picture.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
