"""What a process with TensorFlow finds out for the layers' screen. Here the tests answer, as that process would."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import delete

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.message import say
from core.runs import inspection_queue, projects
from core.runs.datasets import register_dataset
from core.runs.feature_maps import FeatureMaps
from core.runs.forecast import Forecast
from core.runs.inspections import Inspection
from core.runs.states import RunState
from core.runs.tables import InspectionRow
from tests.pages.model.draft_screen import DraftScreen
from tests.pages.worked_runs import finished

PAGE = "pages/model/layers.py"
SMALL = (Conv2D(filters=3, kernel_size=5), Flatten(), Dense(units=10, activation="softmax"))
FORECAST = Forecast(
    seconds_per_step=0.02,
    first_step_seconds=1.5,
    validation_seconds_per_batch=0.01,
    seconds_per_epoch=12.0,
    peak_bytes=300_000_000,
    data_bytes=100_000_000,
    process_bytes=400_000_000,
    available_bytes=4_000_000_000,
    was_busy=False,
    batches_measured=9,
)
FORECASTS = [
    (FORECAST, ":green[**Fits: 800.0 MB of 4.0 GB**]"),
    (replace(FORECAST, peak_bytes=5_000_000_000), ":red[**Too large: 5.5 GB of 4.0 GB**]"),
]


@pytest.fixture
def layers_screen(open_with) -> DraftScreen:
    return open_with(PAGE, SMALL)


@pytest.fixture
def answer_maps(kept, take) -> Callable[[np.ndarray], Inspection]:
    def answer(output: np.ndarray) -> Inspection:
        asked, maps = take(), FeatureMaps.of(output.astype(np.float32))
        assert inspection_queue.finish(kept.database, asked.id, maps.to_result(), maps.to_data())
        return asked

    return answer


@pytest.mark.parametrize(("forecast", "expected"), FORECASTS)
def test_memory_and_time_are_told_as_soon_as_they_are_known(layers_screen, kept, take, forecast, expected):
    layers_screen.click("forecast_panel_ask")
    assert "Waits for a process with TensorFlow to get ready…" in layers_screen.texts
    asked = take()
    layers_screen.run()
    assert "At work…" in layers_screen.texts
    inspection_queue.finish(kept.database, asked.id, forecast.to_result())
    layers_screen.run()
    assert expected in layers_screen.texts
    assert "Epoch: 12 s · all 5: 1 min 0 s" in layers_screen.texts
    assert "At work…" not in layers_screen.texts


def test_a_forecast_says_whether_a_run_disturbed_it(layers_screen, kept, take):
    layers_screen.click("forecast_panel_ask")
    inspection_queue.finish(kept.database, take().id, replace(FORECAST, was_busy=True).to_result())
    layers_screen.run()
    [told] = [text.help for text in layers_screen.app.markdown if "Epoch:" in text.value]
    assert "measured over 9 batches. A run was at work meanwhile, so it may be quicker." in told


def test_a_forecast_is_for_one_recipe_and_comes_back_with_it(layers_screen, kept, take):
    layers_screen.click("forecast_panel_ask")
    inspection_queue.finish(kept.database, take().id, FORECAST.to_result())
    layers_screen.fill("filters", 4)
    assert "Fits:" not in layers_screen.texts
    assert not layers_screen.app.button(key="forecast_panel_ask").disabled
    layers_screen.click("undo_undo")
    assert "Fits:" in layers_screen.texts


def test_an_answer_about_other_images_is_not_shown(layers_screen, kept, take, tmp_path):
    layers_screen.click("forecast_panel_ask")
    inspection_queue.finish(kept.database, take().id, FORECAST.to_result())
    for name in ("cats", "dogs"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        Image.new("L", (28, 28), len(name)).save(tmp_path / "pets" / name / "1.png")
        Image.new("L", (28, 28), ord(name[0])).save(tmp_path / "pets" / name / "2.png")
    dataset = take_in(open_source(str(tmp_path / "pets")), kept.workspace.datasets, lambda done, total: None)
    register_dataset(kept.database, dataset)
    other = projects.create(kept.database, "Pets")
    projects.set_dataset(kept.database, other.id, dataset.id)
    projects.save_draft(kept.database, other.id, layers_screen.draft)
    layers_screen.app.query_params["project"] = other.id
    layers_screen.run()
    assert "4 images" in layers_screen.texts
    assert "Fits:" not in layers_screen.texts


def test_what_failed_says_why_and_can_be_asked_again(layers_screen, kept, take):
    layers_screen.click("forecast_panel_ask")
    inspection_queue.fail(kept.database, take().id, say("The probe ran out of memory."))
    layers_screen.run()
    assert [warning.value for warning in layers_screen.app.warning] == ["The probe ran out of memory."]
    ask_again(layers_screen)
    inspection_queue.finish(kept.database, take().id, FORECAST.to_result())
    layers_screen.run()
    assert "Fits:" in layers_screen.texts


def test_an_answer_that_is_not_kept_any_more_can_be_asked_for_again(layers_screen, kept, take):
    layers_screen.click("forecast_panel_ask")
    take()
    with kept.database.writing() as session:
        session.execute(delete(InspectionRow))
    layers_screen.run()
    assert "not kept any more" in layers_screen.app.warning[0].value
    ask_again(layers_screen)
    assert "Waits for a process" in layers_screen.texts


def ask_again(screen: DraftScreen) -> None:
    [button] = [button for button in screen.app.button if button.label == "Ask again"]
    screen.click(button.key)


def test_the_maps_of_a_layer_are_asked_for_and_shown(layers_screen, answer_maps):
    layers_screen.view("maps")
    assert "Of an untrained net." in layers_screen.texts
    before = len(layers_screen.app.image)
    layers_screen.click("feature_maps_view_ask")
    asked = answer_maps(np.random.default_rng(0).normal(size=(24, 24, 3)))
    assert asked.payload["place"] == [0]
    assert asked.payload["run_id"] is None
    layers_screen.run()
    assert "3 of 3 channels, each from its own lowest number (black) to its highest (white)." in layers_screen.texts
    assert len(layers_screen.app.image) == before + 3


def test_the_outputs_of_units_are_drawn_as_bars(layers_screen, answer_maps):
    layers_screen.open_layer(2)
    layers_screen.view("maps")
    layers_screen.click("feature_maps_view_ask")
    answer_maps(np.full(10, 0.1))
    layers_screen.run()
    assert "10 of 10 units." in layers_screen.texts
    assert len(layers_screen.app.get("vega_lite_chart")) == 1


def test_another_image_is_another_question(layers_screen, answer_maps):
    layers_screen.view("maps")
    layers_screen.click("feature_maps_view_ask")
    first = answer_maps(np.zeros((24, 24, 3)))
    layers_screen.click("example_image_next")
    assert "channels, each" not in layers_screen.texts
    layers_screen.click("feature_maps_view_ask")
    second = answer_maps(np.zeros((24, 24, 3)))
    assert first.payload["image"] != second.payload["image"]


def test_maps_that_failed_say_why(layers_screen, kept, take):
    layers_screen.view("maps")
    layers_screen.click("feature_maps_view_ask")
    inspection_queue.fail(kept.database, take().id, say("The picture of _this_ is gone."))
    layers_screen.run()
    assert [warning.value for warning in layers_screen.app.warning] == [r"The picture of \_this\_ is gone."]


def test_a_trained_run_with_these_layers_offers_its_maps(open_with, kept, project_with_digits, answer_maps):
    run = finished(kept, project_with_digits)
    finished(kept, project_with_digits, state=RunState.FAILED)
    screen = open_with(PAGE)
    screen.view("maps")
    net = screen.field("Net")
    assert net.options == ["Untrained", "Run 1"]
    screen.fill("Net", run.id)
    screen.click("feature_maps_view_ask")
    assert answer_maps(np.zeros((24, 24, 32))).payload["run_id"] == run.id
    screen.view("settings")
    screen.fill("filters", 8)
    screen.view("maps")
    assert "Of an untrained net." in screen.texts, "the run has other layers"
