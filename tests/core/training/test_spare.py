"""The real spare worker: it answers, and then it is still there for a run."""

import os
from threading import Event

import pandas as pd
import pytest

from core.runs import inspections, progress, projects, store
from core.runs.admission import admit
from core.runs.engine import Engine
from core.runs.feature_maps import FeatureMaps
from core.runs.forecast import Forecast
from core.runs.process import Process
from core.runs.shutdown import shut_down
from core.runs.states import RunState
from core.training import worker
from tests.core.runs.builders import eventually
from tests.core.training.nets import SMALL_NET, recipe_of
from tests.core.training.stored import make_dataset

PATIENCE_SECONDS = 200


@pytest.fixture
def engine(workspace, database):
    """An engine with its real worker."""
    engine = Engine(workspace, database)
    yield engine
    engine.close()
    shut_down(workspace, patience_seconds=0)


def test_a_spare_answers_and_then_trains_as_if_nobody_had_asked(engine, database, workspace, tmp_path):
    def turn_until(condition) -> None:
        def holds() -> bool:
            engine.turn()
            return condition()

        eventually(holds, PATIENCE_SECONDS)

    dataset = make_dataset(workspace, tmp_path / "rows", 60)
    recipe = recipe_of(SMALL_NET)
    asked = [
        inspections.ask_forecast(database, recipe, dataset.id),
        inspections.ask_feature_maps(database, recipe, dataset.id, 0, (0,)),
    ]
    turn_until(lambda: all(inspections.get(database, each.id).state.is_finished for each in asked))
    forecast, maps = (inspections.get(database, each.id) for each in asked)
    assert (forecast.message, maps.message) == (None, None)
    assert Forecast.from_result(forecast.result).fits
    assert FeatureMaps.read(maps).shown.shape == (6, 6, 4)

    spare = engine.spare
    run = store.enqueue(database, workspace, projects.create(database, "Rows").id, dataset.id, recipe)
    turn_until(lambda: store.get(database, run.id).state.is_finished)
    trained = store.get(database, run.id)
    assert (trained.state, trained.process) == (RunState.COMPLETED, spare)

    process = Process.of(os.getpid())
    admit(database, workspace, recipe, dataset.id, project_id=None, name="alone", process=process)
    worker.work(database, workspace, progress.begin(database, "alone", os.getpid()), Event())
    losses = [store.epochs(database, run_id)[["loss", "val_loss"]] for run_id in (run.id, "alone")]
    pd.testing.assert_frame_equal(*losses, rtol=1e-4)
