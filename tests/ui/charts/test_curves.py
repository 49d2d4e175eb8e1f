import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ui.charts.curves import sentence

NAN = float("nan")


def history(*epochs: tuple[float, float, float]) -> pd.DataFrame:
    """Of each epoch the loss, the validation loss and the validation accuracy."""
    table = pd.DataFrame(epochs, columns=["loss", "val_loss", "val_accuracy"], dtype="float64")
    table.insert(0, "epoch", range(1, len(epochs) + 1))
    return table.assign(accuracy=table["val_accuracy"], seconds=1.0)


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


METRICS = {"top_3_accuracy": 0.8, "val_top_3_accuracy": 0.7, "learning_rate": 0.001, "images_per_second": 9000.0}


def drawn(history: pd.DataFrame, steps: pd.DataFrame, **arguments) -> AppTest:
    """The curves as a screen has them."""

    def script(history, steps, arguments):
        from ui.charts import curves

        curves.show(history, steps, 2, 5, key="run", **arguments)

    given = {"history": history, "steps": steps, "arguments": arguments}
    app = AppTest.from_function(script, kwargs=given, default_timeout=60).run()
    assert not app.exception
    return app


def charts(app: AppTest) -> list:
    return [chart.proto for chart in app.get("vega_lite_chart")]


def titles(app: AppTest) -> list[str]:
    return [markdown.value.split("**")[1] for markdown in app.markdown if markdown.value.startswith("**")]


def steps(*losses: float) -> pd.DataFrame:
    columns = {"loss": losses, "accuracy": 0.5, "top_3_accuracy": 0.6, "learning_rate": 0.001}
    return pd.DataFrame(columns, index=range(len(losses)), dtype="float64").assign(step=range(1, len(losses) + 1))


def test_every_figure_and_the_learning_rate_have_a_chart():
    app = drawn(history((1, 0.5, 0.9)).assign(**METRICS), steps(2.0, 1.0))
    assert titles(app) == ["Loss", "Accuracy", "Top-3 accuracy", "Learning rate"]
    assert [chart.alt for chart in charts(app)] == [
        "Curve of the loss on training and validation images over the epochs",
        "Curve of the accuracy on training and validation images over the epochs",
        "Top-3 accuracy: curve on training and validation images over the epochs",
        "Curve of the learning rate over the epochs",
    ]


def test_the_charts_have_their_places_before_anything_is_measured():
    before = drawn(history(), steps(), metrics=["top_3_accuracy"])
    after = drawn(history((1, 0.5, 0.9)).assign(**METRICS), steps(2.0, 1.0), metrics=["top_3_accuracy"])
    assert titles(before) == titles(after)


def test_a_chart_stays_the_same_while_points_are_added_so_that_its_zoom_does():
    """Streamlit draws it anew when its specification, its description or its identity changes."""
    few = charts(drawn(history(), steps(), metrics=["top_3_accuracy"]))
    more = charts(
        drawn(history((1, 0.5, 0.9), (1, 0.4, 0.9)).assign(**METRICS), steps(2.0, 1.0, 0.5, 0.4), kept_epoch=2)
    )
    for before, after in zip(few, more, strict=True):
        assert (before.spec, before.alt, before.id) == (after.spec, after.alt, after.id)
        assert before.datasets[0].data.data != after.datasets[0].data.data


def test_the_zoom_is_kept_by_hearing_of_it():
    """Of a selection that Python does not ask for, Streamlit's page clears what was chosen when rows arrive."""
    assert {tuple(chart.selection_mode) for chart in charts(drawn(history((1, 0.5, 0.9)), steps(2.0)))} == {("zoom",)}


def test_a_run_of_before_rates_were_recorded_has_no_chart_of_them():
    app = drawn(history((1, 0.5, 0.9)), steps(2.0).drop(columns="learning_rate"))
    assert "Learning rate" not in titles(app)


def test_what_was_changed_by_hand_is_told():
    changes = pd.DataFrame({"step": [1.0], "learning_rate": [0.0005]})
    app = drawn(history((1, 0.5, 0.9)).assign(**METRICS), steps(2.0, 1.0), rate_changes=changes)
    assert any("diamond: changed by hand" in markdown.value for markdown in app.markdown)


def test_the_table_has_a_column_for_all_that_is_known():
    table = history((1, 0.5, 0.9)).assign(**METRICS, memory_bytes=NAN)
    app = drawn(table, steps(2.0))
    assert set(app.dataframe[0].value.columns) == set(table.columns) - {"memory_bytes"}
