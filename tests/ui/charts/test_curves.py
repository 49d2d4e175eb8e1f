import pandas as pd
import pytest

from core.runs.curves import curves
from ui.charts.curves import frame, rows, sentence

NAN = float("nan")


def history(*epochs: tuple[float, float, float]) -> pd.DataFrame:
    """Of each epoch the loss, the validation loss and the validation accuracy."""
    table = pd.DataFrame(epochs, columns=["loss", "val_loss", "val_accuracy"], dtype="float64")
    table.insert(0, "epoch", range(1, len(epochs) + 1))
    return table.assign(accuracy=table["val_accuracy"], seconds=1.0)


NO_STEPS = pd.DataFrame({"step": pd.Series(dtype="int64"), "loss": [], "accuracy": []}, dtype="float64")


@pytest.mark.parametrize(
    ("epochs", "expected"),
    [
        ([], "The first point of the validation curve comes with the end of the first epoch."),
        ([(1, 0.5, 0.9)], "After 1 of 5 epochs the validation accuracy is 90.0%, best 90.0% in epoch 1."),
        (
            [(1, 0.5, 0.96), (0.9, 0.4, 0.95)],
            "After 2 of 5 epochs the validation accuracy is 95.0%, best 96.0% in epoch 1.",
        ),
        (
            [(1, 0.5, NAN), (0.9, 0.7, NAN)],
            "After 2 of 5 epochs the validation loss is 0.7000, lowest 0.5000 in epoch 1.",
        ),
        ([(NAN, NAN, NAN)], "After 1 of 5 epochs there is no figure on the validation images yet."),
    ],
)
def test_the_sentence_says_what_the_curves_show(epochs, expected):
    assert sentence(history(*epochs), 5) == expected


def test_overfitting_is_put_into_words():
    said = sentence(history((1, 0.5, 0.9), (0.8, 0.6, 0.9), (0.6, 0.7, 0.9)), 5)
    assert "Since epoch 1 the validation loss has not fallen further" in said
    assert "overfitting" in said


@pytest.mark.parametrize(
    ("points", "figure", "expected"),
    [
        ([], "accuracy", (0, 1.04)),
        ([("step", 0.4), ("epoch", 0.5)], "accuracy", (0, 1.04)),
        ([("epoch", 0.9), ("epoch", 1.0)], "accuracy", (0.896, 1.004)),
        ([("step", 2.0), ("epoch", 1.0)], "loss", (0, 2.08)),
        ([("epoch", 2.0), ("epoch", 1.0)], "loss", (0.96, 2.04)),
        ([("epoch", 0.5)], "loss", (0.46, 0.54)),
    ],
)
def test_the_scale_is_steady_with_steps_and_close_without(points, figure, expected):
    table = pd.DataFrame(points, columns=["detail", "value"])
    assert frame(table, figure) == pytest.approx(expected)


def test_there_is_something_to_draw_before_anything_is_measured():
    table = rows(curves(history(), NO_STEPS, None, 5), "loss")
    assert table["detail"].tolist() == ["frame", "frame"]
    assert table["part"].tolist() == ["Training", "Training"]
