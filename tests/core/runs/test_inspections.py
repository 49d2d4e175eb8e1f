"""Inspections in the database: asked once, claimed once, ended once."""

import threading
from datetime import timedelta

import numpy as np
import pytest
from alembic import command
from alembic.config import Config

from core.message import say
from core.objective import Adam
from core.runs import inspection_queue, inspections, projects
from core.runs.database import Database, connect
from core.runs.feature_maps import FeatureMaps
from core.runs.forecast import Forecast
from core.runs.inspections import InspectionError, InspectionKind
from core.runs.migrations import FOLDER
from core.runs.states import InspectionState
from tests.core.runs.builders import ELSEWHERE, make_recipe

TOO_LARGE = say("The net is too large.")
FORECAST = Forecast(0.25, 2.0, 0.125, 3.5, 100, 20, 3, 123, was_busy=False, batches_measured=6)


def ask(database, image: int = 0, place: tuple[int, ...] = (0,), run_id: str | None = None):
    return inspections.ask_feature_maps(database, make_recipe(), "0123", image, place, run_id)


def state_of(database, inspection) -> InspectionState:
    return inspections.get(database, inspection.id).state


def test_a_database_from_before_there_were_inspections_keeps_what_it_holds(workspace):
    workspace.home.mkdir()
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with connect(workspace.database_url).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        columns = "id, name, created_at, opened_at"
        connection.exec_driver_sql(f"INSERT INTO projects ({columns}) VALUES ('1', 'Pets', '2026-01-31', '2026-01-31')")
    database = Database.open(workspace)
    assert [project.name for project in projects.all_projects(database)] == ["Pets"]
    assert ask(database) == ask(database)
    database.close()


def test_a_question_waits_for_a_process(timed_database, clock):
    asked = ask(timed_database, image=7, place=(3, 0), run_id="run")
    assert inspections.get(timed_database, asked.id) == asked
    assert (asked.kind, asked.state) == (InspectionKind.FEATURE_MAPS, InspectionState.QUEUED)
    assert (asked.created_at, asked.started_at, asked.finished_at) == (clock.moment, None, None)
    payload = dict(asked.payload)
    assert payload.pop("recipe") == make_recipe().model_dump(mode="json")
    assert payload == {"dataset_id": "0123", "image": 7, "place": [3, 0], "run_id": "run"}


def test_an_answer_is_kept(timed_database, clock):
    asked = inspections.ask_forecast(timed_database, make_recipe(), "0123")
    clock.move_on(1)
    assert inspection_queue.claim(timed_database, ELSEWHERE) == asked.id
    begun = inspection_queue.begin(timed_database, asked.id)
    assert (begun.state, begun.started_at) == (InspectionState.WORKING, clock.moment)
    clock.move_on(1)
    assert inspection_queue.finish(timed_database, asked.id, FORECAST.to_result(), b"data")
    answered = inspections.get(timed_database, asked.id)
    assert (answered.state, answered.data, answered.finished_at) == (InspectionState.COMPLETED, b"data", clock.moment)
    assert Forecast.from_result(answered.result) == FORECAST


def test_the_oldest_question_is_claimed_first(timed_database, clock):
    asked = []
    for image in (2, 0, 1):
        asked.append(ask(timed_database, image).id)
        clock.move_on(1)
    assert [inspection_queue.claim(timed_database, ELSEWHERE) for _ in range(4)] == [*asked, None]


def test_each_question_goes_to_one_of_several_threads(database):
    def claim_all() -> None:
        start.wait()
        while inspection_id := inspection_queue.claim(database, ELSEWHERE):
            claimed.append(inspection_id)

    asked = {ask(database, image).id for image in range(20)}
    claimed: list[str] = []
    start = threading.Barrier(5)
    claimers = [threading.Thread(target=claim_all) for _ in range(5)]
    for claimer in claimers:
        claimer.start()
    for claimer in claimers:
        claimer.join()
    assert sorted(claimed) == sorted(asked)


def test_the_same_question_is_asked_once(database):
    first = ask(database)
    assert ask(database) == first
    inspection_queue.claim(database, ELSEWHERE)
    assert ask(database).id == first.id
    inspection_queue.finish(database, first.id, {})
    assert ask(database).id == first.id
    assert len({first.id, ask(database, image=1).id, ask(database, place=(1,)).id, ask(database, run_id="a").id}) == 4
    recipe = make_recipe()
    slower = recipe.training.model_copy(update={"optimizer": Adam(learning_rate=0.0001)})
    forecasts = [recipe, recipe, recipe.model_copy(update={"training": slower})]
    assert len({inspections.ask_forecast(database, each, "0123").id for each in forecasts}) == 2


def test_an_answered_forecast_is_measured_anew(database):
    first = inspections.ask_forecast(database, make_recipe(), "0123")
    assert inspections.state_of(database, first.id).is_waiting
    inspection_queue.claim(database, ELSEWHERE)
    assert inspections.ask_forecast(database, make_recipe(), "0123").id == first.id
    inspection_queue.finish(database, first.id, {})
    assert inspections.ask_forecast(database, make_recipe(), "0123").id != first.id
    with pytest.raises(InspectionError, match="not kept any more"):
        inspections.state_of(database, "0")


def test_a_question_that_failed_can_be_asked_again(database):
    first = ask(database)
    inspection_queue.claim(database, ELSEWHERE)
    inspection_queue.fail(database, first.id, TOO_LARGE)
    assert inspections.get(database, first.id).message == TOO_LARGE
    again = ask(database)
    assert again.id != first.id
    assert ask(database) == again


def test_an_answer_is_forgotten_after_a_day(timed_database, clock):
    first = ask(timed_database)
    clock.moment += timedelta(hours=23)
    assert ask(timed_database).id == first.id
    clock.moment += timedelta(hours=1)
    assert ask(timed_database, image=1).id != first.id
    with pytest.raises(InspectionError, match="not kept any more"):
        inspections.get(timed_database, first.id)


def test_what_was_given_up_stays_so(database):
    asked = ask(database)
    assert not inspection_queue.fail(database, asked.id, TOO_LARGE), "nobody has claimed it"
    inspection_queue.claim(database, ELSEWHERE)
    assert inspection_queue.fail(database, asked.id, TOO_LARGE)
    assert inspection_queue.begin(database, asked.id) is None
    assert not inspection_queue.finish(database, asked.id, {})
    assert state_of(database, asked) is InspectionState.FAILED


def test_an_inspection_is_open_until_its_process_is_free(database):
    def found(process) -> list[str]:
        return [inspection.id for inspection in inspection_queue.open_inspections(database, process)]

    first, second = ask(database, image=1), ask(database, image=2)
    assert set(found(None)) == {first.id, second.id}
    claimed = inspection_queue.claim(database, ELSEWHERE)
    [other] = {first.id, second.id} - {claimed}
    inspection_queue.finish(database, claimed, {})
    assert found(None) == [other]
    assert set(found(ELSEWHERE)) == {first.id, second.id}
    inspection_queue.release(database, claimed)
    assert found(ELSEWHERE) == [other]


@pytest.mark.parametrize(("available_bytes", "fits"), [(123, True), (122, False)])
def test_a_training_fits_where_the_machine_has_what_it_needs(available_bytes, fits):
    result = FORECAST.to_result() | {"available_bytes": available_bytes}
    assert Forecast.from_result(result).fits is fits


def read_back(database, output: np.ndarray) -> FeatureMaps:
    maps = FeatureMaps.of(output)
    asked = ask(database)
    inspection_queue.claim(database, ELSEWHERE)
    inspection_queue.finish(database, asked.id, maps.to_result(), maps.to_data())
    return FeatureMaps.read(inspections.get(database, asked.id))


def test_each_channel_is_scaled_from_its_own_lowest_to_its_own_highest_value(database):
    output = np.stack([[[0.0, 1.0], [2.0, 5.0]], [[-1.0, -1.0], [-1.0, -1.0]], [[-2.0, 0.0], [0.02, 2.0]]], axis=-1)
    maps = read_back(database, output.astype(np.float32))
    assert (maps.shape, maps.channels, maps.is_vector) == ((2, 2, 3), 3, False)
    assert maps.low == pytest.approx((0, -1, -2))
    assert maps.high == pytest.approx((5, -1, 2))
    assert maps.shown.dtype == np.uint8
    assert maps.shown[..., 0].tolist() == [[0, 51], [102, 255]]
    assert maps.shown[..., 1].tolist() == [[0, 0], [0, 0]]
    assert maps.shown[..., 2].tolist() == [[0, 128], [129, 255]]


def test_a_vector_keeps_its_values(database):
    maps = read_back(database, np.array([0.25, -3.0, 1.5], dtype=np.float32))
    assert (maps.shape, maps.channels, maps.is_vector) == ((3,), 3, True)
    assert (maps.low, maps.high) == ((-3.0,), (1.5,))
    assert maps.shown.tolist() == [0.25, -3.0, 1.5]


@pytest.mark.parametrize(
    ("shape", "shown"), [((3, 2, 65), (3, 2, 64)), ((3, 2, 64), (3, 2, 64)), ((513,), (512,)), ((512,), (512,))]
)
def test_only_the_first_channels_and_units_are_shown(shape, shown):
    maps = FeatureMaps.of(np.random.default_rng(0).normal(size=shape).astype(np.float32))
    assert maps.shown.shape == shown
    assert (maps.shape, maps.channels) == (shape, shape[-1])
    assert len(maps.low) == len(maps.high) == (1 if len(shape) == 1 else 64)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_finite_numbers_have_no_picture(value):
    with pytest.raises(InspectionError, match="not finite"):
        FeatureMaps.of(np.array([1.0, value], dtype=np.float32))
