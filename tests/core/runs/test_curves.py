"""The table of the curves: what is in it, and that thinning keeps what stands out."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs.curves import (
    LONGEST_CURVE,
    best_epoch,
    curves,
    measured,
    shown,
    step_bucket,
    thinned,
)

NAN = float("nan")


def history(losses=(), val_losses=(), accuracies=None, val_accuracies=None) -> pd.DataFrame:
    count = len(losses)
    columns = {
        "loss": losses,
        "accuracy": accuracies or [NAN] * count,
        "val_loss": val_losses,
        "val_accuracy": val_accuracies or [NAN] * count,
        "seconds": [1.0] * count,
    }
    table = pd.DataFrame({name: pd.Series(values, dtype="float64") for name, values in columns.items()})
    table.insert(0, "epoch", range(1, count + 1))
    return table


def steps(*losses: float) -> pd.DataFrame:
    values = pd.Series(losses, dtype="float64")
    return pd.DataFrame({"step": range(1, len(losses) + 1), "loss": values, "accuracy": values * NAN})


def points_of(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"step": range(1, len(values) + 1), "value": values})


def test_each_part_has_a_point_per_epoch_and_the_best_validation_epoch_is_marked():
    table = curves(history([2.0, 1.0, 0.5], [1.5, 0.9, 1.1]), steps(), None, epochs=3)
    validation = table[(table["figure"] == "loss") & (table["part"] == "validation")]
    assert validation["epoch"].tolist() == [1, 2, 3]
    assert validation["value"].tolist() == [1.5, 0.9, 1.1]
    assert validation["is_best"].tolist() == [False, True, False]
    assert not table[table["part"] == "train"]["is_best"].any()


def test_steps_are_placed_by_how_much_of_the_epochs_is_done():
    table = curves(history(), steps(3.0, 2.0, 1.0), steps_per_epoch=2, epochs=2)
    assert table["detail"].unique().tolist() == ["step"]
    assert table["epoch"].tolist() == [0.5, 1.0, 1.5]


def test_a_figure_that_was_not_measured_has_no_row():
    table = curves(history([2.0], [1.0]), steps(3.0), steps_per_epoch=1, epochs=1)
    assert set(table["figure"]) == {"loss"}


def test_before_anything_is_measured_the_table_is_empty():
    assert curves(history(), steps(), None, epochs=5).empty
    assert curves(history(), steps(), 3, epochs=5).empty


def test_every_metric_has_its_curves_behind_loss_and_accuracy():
    of_epochs = history([2.0], [1.0], [0.5], [0.6]).assign(
        top_3_accuracy=[0.8], val_top_3_accuracy=[0.9], learning_rate=[0.001], images_per_second=[5000.0]
    )
    of_steps = steps(3.0, 2.0).assign(top_3_accuracy=[0.7, 0.8], learning_rate=[0.001, 0.001])
    table = curves(of_epochs, of_steps, steps_per_epoch=2, epochs=1)
    metric = table[table["figure"] == "top_3_accuracy"]
    assert table["figure"].unique().tolist() == ["loss", "accuracy", "top_3_accuracy"]
    assert metric[["part", "detail", "value"]].to_numpy().tolist() == [
        ["train", "epoch", 0.8],
        ["validation", "epoch", 0.9],
        ["train", "step", 0.7],
        ["train", "step", 0.8],
    ]


def test_a_metric_is_known_by_its_steps_before_the_first_epoch():
    assert measured(history(), steps(3.0).assign(mean_absolute_error=[0.5])) == ["loss", "mean_absolute_error"]


def test_figures_have_their_places_before_anything_is_measured():
    assert shown(history(), steps(), ["top_3_accuracy"]) == ["loss", "accuracy", "top_3_accuracy"]
    assert shown(history([1.0], [1.0]), steps(), ["mean_absolute_error"]) == ["loss"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("loss", 2),
        ("accuracy", 1),  # of equals the first
    ],
)
def test_best_epoch(figure, expected):
    assert best_epoch(history([1, 1, 1], [0.5, 0.4, 0.6], val_accuracies=[0.9, 0.8, 0.9]), figure) == expected


@pytest.mark.parametrize(
    ("metric", "values", "expected"),
    [
        ("top_3_accuracy", [0.8, 0.9, 0.7], 2),
        ("mean_absolute_error", [0.3, 0.4, 0.2], 3),
        ("what_another_version_measured", [0.3, 0.4, 0.2], 3),
    ],
)
def test_a_share_is_best_where_it_is_highest_and_an_error_where_it_is_lowest(metric, values, expected):
    assert best_epoch(history([1, 1, 1], [1, 1, 1]).assign(**{f"val_{metric}": values}), metric) == expected


def test_there_is_no_best_epoch_before_the_first_and_without_the_figure():
    assert best_epoch(history(), "loss") is None
    assert best_epoch(history([1.0], [1.0]), "accuracy") is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300), st.integers(1, 40))
def test_thinning_never_loses_an_extreme(values, width):
    kept = thinned(points_of(values), width)
    for start in range(0, len(values), width):
        of_bucket = kept[kept["step"].between(start + 1, start + width)]["value"]
        assert of_bucket.min() == min(values[start : start + width])
        assert of_bucket.max() == max(values[start : start + width])
    assert kept["step"].is_monotonic_increasing
    assert kept["step"].iloc[[0, -1]].tolist() == [1, len(values)]


@given(
    st.lists(st.tuples(*[st.one_of(st.just(NAN), st.floats(-1e6, 1e6))] * 3), min_size=1, max_size=300),
    st.integers(1, 50),
    st.integers(1, 5000),
)
def test_the_curves_lose_no_extreme_of_any_figure(rows, steps_per_epoch, epochs):
    names = ["loss", "accuracy", "mean_absolute_error"]
    of_steps = pd.DataFrame(rows, columns=names)
    of_steps.insert(0, "step", range(1, len(rows) + 1))
    table = curves(history(), of_steps, steps_per_epoch, epochs)
    for name, known in of_steps[names].items():
        drawn = table[table["figure"] == name]["value"]
        assert (drawn.min(), drawn.max()) == (known.min(), known.max()) or (drawn.empty and known.isna().all())


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), st.integers(1, 20), st.integers(1, 200))
def test_what_is_drawn_stays_while_the_run_goes_on(values, width, measured):
    """But for the bucket that is not full yet."""
    full = min(measured, len(values)) // width * width
    before, after = (thinned(points_of(part), width) for part in (values[:full], values))
    assert set(before["step"]) - {full} <= set(after["step"])


@given(st.integers(1, 1_000_000))
def test_a_curve_is_never_much_longer_than_allowed(count):
    buckets = -(-count // step_bucket(count))
    assert min(2 * buckets, count) <= LONGEST_CURVE + 2


def test_a_short_run_is_drawn_step_by_step():
    assert len(thinned(points_of([3.0, 2.0, 1.0]), step_bucket(3))) == 3
