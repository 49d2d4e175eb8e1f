import pandas as pd
import pytest

from core.runs.curves import curves
from ui.charts.curve_chart import chart, frame, rows, title

HISTORY = pd.DataFrame(
    {
        "epoch": [1, 2],
        "loss": [1.0, 0.5],
        "accuracy": [0.5, 0.6],
        "val_loss": [0.9, 0.8],
        "val_accuracy": [0.6, 0.5],
    }
)
NO_STEPS = pd.DataFrame({"step": pd.Series(dtype="int64"), "loss": [], "accuracy": []}, dtype="float64")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("loss", "Loss"),
        ("accuracy", "Accuracy"),
        ("top_3_accuracy", "Top-3 accuracy"),
        ("what_another_version_measured", "What another version measured"),
    ],
)
def test_figures_have_titles(figure, expected):
    assert title(figure) == expected


@pytest.mark.parametrize(
    ("points", "figure", "expected"),
    [
        ([], "accuracy", (0, 1.04)),
        ([("step", 0.4), ("epoch", 0.5)], "accuracy", (0, 1.04)),
        ([("step", 0.4), ("epoch", 0.5)], "top_5_accuracy", (0, 1.04)),
        ([("step", 0.4), ("epoch", 0.5)], "mean_absolute_error", (0, 0.52)),
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
    table = rows(curves(HISTORY.head(0), NO_STEPS, None, 5), "loss")
    assert table["detail"].tolist() == ["frame", "frame"]
    assert table["part"].tolist() == ["train", "train"]


def test_the_best_epoch_and_the_kept_one_are_marked():
    table = rows(curves(HISTORY, NO_STEPS, None, 5), "accuracy", kept_epoch=2)
    best = table[table["is_best"]]
    assert best[["epoch", "part", "value"]].to_numpy().tolist() == [[1, "validation", 0.6]]
    assert table[table["detail"] == "kept"]["epoch"].tolist() == [2]
    assert table.notna().all(axis=None)


def test_nothing_is_marked_as_kept_while_that_is_open():
    assert "kept" not in set(rows(curves(HISTORY, NO_STEPS, None, 5), "loss")["detail"])


def test_training_is_blue_and_validation_orange():
    colours = chart("loss", 5).to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colours["domain"], colours["range"], strict=True)) == {
        "Training": "#0072B2",
        "Validation": "#E69F00",
    }


def test_the_points_of_many_epochs_are_small():
    sizes = [
        chart("loss", epochs).to_dict()["layer"][3]["encoding"]["size"]["condition"]["value"] for epochs in (5, 500)
    ]
    assert sizes[0] > sizes[1] > 0
