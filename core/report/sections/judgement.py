"""The figures of one part of the images with what they can mean; those of the database, whatever the part."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.interval import wilson
from core.message import Message, say
from core.report.blocks import Block, Column, Figure, Matrix, Paragraph, Table, Text, quantity, share, span

MOST_CLASSES = 20
"""Of a matrix that fits on paper."""

MOST_CONFUSIONS = 30

FIGURE_COLUMNS = (Column(say("Figure")), Column(say("Value"), True), Column(say("95 % interval"), True))

Rows = list[tuple[Text, ...]]


def has_classes(result: Mapping[str, Any]) -> bool:
    """Whether ``result``, of an evaluation or an opening, is about classes; else it is about numbers."""
    return "accuracy" in result


def sentence(result: Mapping[str, Any]) -> Message:
    """The main figure, and what it can mean."""
    images = Figure(result["images"])
    if has_classes(result):
        return say(
            "Of {images} images, {accuracy} got the right class, and {span} is what that can mean.",
            images=images,
            accuracy=share(result["accuracy"]),
            span=span(result["interval"], share),
        )
    error = quantity(result["mean_absolute_error"])
    if result["interval"] is None:
        return say("The answers to {images} images are off by {error} on average.", images=images, error=error)
    return say(
        "The answers to {images} images are off by {error} on average, and {span} is what that can mean.",
        images=images,
        error=error,
        span=span(result["interval"], quantity),
    )


def main_title(result: Mapping[str, Any]) -> Message:
    """What the main figure is called."""
    return say("Accuracy") if has_classes(result) else say("Mean absolute error")


def main_rows(result: Mapping[str, Any]) -> Rows:
    """The figures that every evaluation has, as rows of `FIGURE_COLUMNS`."""
    if has_classes(result):
        return [(main_title(result), share(result["accuracy"]), span(result["interval"], share))]
    error, interval = quantity(result["mean_absolute_error"]), span(result["interval"], quantity)
    return [(main_title(result), error, interval)]


def errors_of_numbers(result: Mapping[str, Any]) -> Rows:
    """The other figures of numbers, without intervals."""
    r_squared = result["r_squared"]
    return [
        (say("Root mean squared error"), quantity(result["root_mean_squared_error"]), None),
        (say("R²"), None if r_squared is None else Figure(r_squared, ".3f"), None),
    ]


def per_class(result: Mapping[str, Any]) -> Table:
    """Precision, recall and F1 of each class, and what its recall can mean."""
    columns = (
        Column(say("Class")),
        *(Column(each, True) for each in (say("Images"), say("Precision"), say("F1"), say("Recall"))),
        Column(say("95 % interval of the recall"), True),
    )
    rows = tuple(
        (
            name,
            Figure(figures["images"]),
            *(share(figures[each]) for each in ("precision", "f1", "recall")),
            _recall_interval(of_class, position),
        )
        for position, ((name, figures), of_class) in enumerate(
            zip(result["per_class"].items(), result["confusion"], strict=True)
        )
    )
    return Table(say("Class by class"), columns, rows)


def _recall_interval(of_class: Sequence[int], position: int) -> Message | None:
    """Wilson's, from the row of the class in the matrix; None for a class without images."""
    images = sum(of_class)
    if not images:
        return None
    low, high = wilson(of_class[position], images)
    return say("{low:.1%} to {high:.1%}", low=low, high=high)


def confusion(result: Mapping[str, Any]) -> tuple[Block, ...]:
    """The confusion matrix; of many classes the most frequent confusions instead."""
    names, counts = tuple(result["per_class"]), result["confusion"]
    if len(names) <= MOST_CLASSES:
        cells = tuple(tuple(Figure(count) for count in row) for row in counts)
        return (Matrix(say("Confusion matrix: true class by predicted class"), names, cells),)
    wrong = [
        (counts[true][predicted], names[true], names[predicted])
        for true in range(len(names))
        for predicted in range(len(names))
        if true != predicted and counts[true][predicted]
    ]
    if not wrong:
        return (Paragraph(say("No class was taken for another one.")),)
    most = sorted(wrong, key=lambda confused: -confused[0])[:MOST_CONFUSIONS]
    columns = (Column(say("True class")), Column(say("Predicted class")), Column(say("Images"), True))
    rows = tuple((true, predicted, Figure(count)) for count, true, predicted in most)
    return (Table(say("The most frequent confusions"), columns, rows),)
