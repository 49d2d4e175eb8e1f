import pandas as pd
import pytest

from core.runs.curves import curves
from ui.charts.curve_chart import NEUTRAL, Evidence, chart, frame, rows, title

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
    sizes = [next(sizes_of_points(epochs)) for epochs in (5, 500)]
    assert sizes[0] > sizes[1] > 0


def sizes_of_points(epochs):
    for layer in chart("loss", epochs).to_dict()["layer"]:
        if layer["mark"]["type"] == "point":
            yield layer["encoding"]["size"]["condition"]["value"]


EVIDENCE = [Evidence("①", "Overfitting since epoch 1", 1, 2), Evidence("③", "Not finished", 2, 2)]


def test_evidence_covers_its_epochs_and_names_its_finding():
    table = rows(curves(HISTORY, NO_STEPS, None, 5), "loss", evidence=EVIDENCE)
    found = table[table["detail"] == "evidence"]
    assert found[["epoch", "end", "badge", "finding"]].to_numpy().tolist() == [
        [0.5, 2.5, "①", "① Overfitting since epoch 1"],
        [1.5, 2.5, "③", "③ Not finished"],
    ]
    assert found["value"].is_monotonic_decreasing, "badges do not cover each other"
    assert found["value"].between(*frame(table[table["detail"] == "epoch"], "loss")).all()
    assert table.notna().all(axis=None)


def test_rows_have_the_same_columns_with_evidence_and_without():
    table = curves(HISTORY, NO_STEPS, None, 5)
    assert list(rows(table, "loss")) == list(rows(table, "loss", evidence=EVIDENCE))


def test_evidence_is_shaded_from_top_to_bottom_in_grey():
    layers = chart("loss", 5).to_dict()["layer"]
    (shade,) = (layer for layer in layers if layer["mark"]["type"] == "rect")
    assert shade["mark"]["color"] == NEUTRAL
    assert set(shade["encoding"]) == {"x", "x2", "tooltip"}
