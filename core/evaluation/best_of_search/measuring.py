"""Having all complete trials of a search judged on the validation images, and keeping what that shows of the best."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from core.dataset.progress import Report
from core.errors import RunError
from core.evaluation.best_of_search.image_scores import losses, rights
from core.evaluation.evaluation import Evaluation
from core.evaluation.judge import evaluate
from core.message import Message, say
from core.runs import analyses, store
from core.runs.analyses import AnalysisKind, Ending, Task
from core.runs.database import Database
from core.runs.states import IntakeState
from core.split import read_assignment
from core.tuning import searches
from core.tuning.figures import Figures
from core.tuning.flattery import Flattery, by_bootstrap, by_formula
from core.tuning.searches import Search
from core.tuning.space import SearchSpace
from core.tuning.trial_states import COMPLETE
from core.tuning.trials import trials
from core.workspace import Workspace


def candidates(table: pd.DataFrame) -> pd.DataFrame:
    """The trials among which the best was chosen, of what `core.tuning.trials.trials` gave: those that are complete.
    That the run of a bad one was deleted since leaves the choice as it was."""
    return table[table["state"] == COMPLETE]


def judgeable(table: pd.DataFrame) -> pd.DataFrame:
    """The candidates whose run was not deleted since."""
    return candidates(table[table["run_id"].notna()])


def task_of(search: Search, table: pd.DataFrame) -> Task:
    """What is to be measured: the same for as long as no further trial is complete, whatever runs are deleted.
    ``table`` is of `core.tuning.trials.trials`."""
    payload = {"search": search.id, "trials": candidates(table)["number"].tolist()}
    return Task(AnalysisKind.FLATTERY, search.dataset_id, payload)


def of_search(database: Database, workspace: Workspace, search: Search, table: pd.DataFrame) -> Flattery | None:
    """By how much the best of the complete trials flatters: as it was measured, else reckoned by the formula.

    None where no trial is complete; and where it was not measured, for losses, for which there is no formula, and if no
    trial has a run any more. ``table`` is of `core.tuning.trials.trials`.
    """
    if candidates(table).empty:
        return None
    return kept(database, task_of(search, table)) or _reckoned_for_runs(workspace, search, table)


def reckoned(space: SearchSpace, table: pd.DataFrame, images: int) -> Flattery | None:
    """By the formula, for trials that were judged on so many ``images``. None for losses and where no trial is
    complete."""
    values = candidates(table)["value"]
    if not space.maximizes or values.empty:
        return None
    return by_formula(len(values), images, float(values.max()))


def _reckoned_for_runs(workspace: Workspace, search: Search, table: pd.DataFrame) -> Flattery | None:
    run_ids = judgeable(table)["run_id"]
    if run_ids.empty:
        return None
    folder = store.run_folder(workspace, run_ids.iloc[0])
    return reckoned(search.space, table, len(read_assignment(folder / "split.csv").rows("validation")))


def kept(database: Database, task: Task) -> Flattery | None:
    """What was measured; None until it is."""
    analysis = analyses.state(database, task)
    if analysis is None or analysis.state is not IntakeState.COMPLETED or analysis.result is None:
        return None
    return _read(analysis.result)


def measured(database: Database, workspace: Workspace, search: Search, table: pd.DataFrame) -> Flattery:
    """As it was measured, or measured here and now. Raises RunError where a trial has no model to judge,
    and where too few have a run."""
    task = task_of(search, table)
    found = kept(database, task)
    if found is None:
        found = _measure(database, workspace, task, _to_nobody)
        analyses.keep(database, task, _ending(found))
    return found


def find(workspace: Workspace, task: Task, report: Report) -> Ending:
    """Works on ``task``; not for the web process."""
    database = Database.open(workspace)
    try:
        return _ending(_measure(database, workspace, task, report))
    finally:
        database.close()


def _measure(database: Database, workspace: Workspace, task: Task, report: Report) -> Flattery:
    """Trials that were judged before are not judged again."""
    search_id, numbers = task.payload["search"], task.payload["trials"]
    space, table = searches.get(database, search_id).space, trials(database, search_id)
    run_ids = judgeable(table[table["number"].isin(numbers)])["run_id"].tolist()
    _refuse_too_few(len(run_ids), len(numbers))
    scores = []
    for done, run_id in enumerate(run_ids):
        report(done, len(run_ids))
        scores.append(_scores(database, workspace, run_id, space))
    missing = len(numbers) - len(run_ids)
    return by_bootstrap(np.stack(scores), is_loss=not space.maximizes, missing=missing)


def _refuse_too_few(left: int, chosen_among: int) -> None:
    """One that is left of several cannot show how much was luck; one that always was alone can: nothing."""
    if left < min(2, chosen_among):
        raise RunError(
            say(
                "By how much the best of {trials:,} trials flatters cannot be measured any more: their runs are "
                "deleted, all but {left}.",
                trials=chosen_among,
                left=left,
            )
        )


def _scores(database: Database, workspace: Workspace, run_id: str, space: SearchSpace) -> np.ndarray:
    """How good the answers of a run are, (images,). Of losses, the mean is that by which the trial was chosen: it has
    what regularizers add."""
    judged = evaluate(database, workspace, run_id)
    if space.maximizes:
        assert isinstance(judged, Evaluation), "numbers are not searched by their accuracy"
        return rights(judged)
    run = store.get(database, run_id)
    of_images = losses(judged, run.recipe.training)
    of_model = Figures.of(database, run, space.objective).of_model
    assert of_model is not None, "the trial is complete"
    return -(of_images + (of_model - of_images.mean()))


def _ending(found: Flattery) -> Ending:
    result = {
        "amount": found.amount,
        "trials": found.trials,
        "images": found.images,
        "message": found.message.to_json(),
    }
    return Ending(IntakeState.COMPLETED, total=found.trials, result=result)


def _read(result: Mapping[str, Any]) -> Flattery:
    return Flattery(**dict(result) | {"message": Message.from_json(result["message"]), "is_measured": True})


def _to_nobody(_done: int, _total: int) -> None:
    """Where nobody asks how far it is."""
