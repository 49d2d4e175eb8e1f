"""The project in the session: the address names it, the database keeps it, and its dataset and split are at hand.

The value of record is the draft recipe in the database. A screen reads `draft()` and hands every edit to `save_draft`.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from core.dataset import store
from core.dataset.store import Dataset
from core.errors import ProjectError
from core.objective.number_scale import NumberScale
from core.problem import Problem
from core.quality.clusters import clusters_of
from core.quality.quality_report import QualityReport
from core.quality.store import kept_report, near_pairs
from core.recipe import Recipe
from core.runs import engine, openings, projects
from core.runs.database import Database
from core.runs.datasets import dataset_summary
from core.runs.locks import FileLock, hold_web_lock
from core.runs.machine import memory_bytes
from core.runs.projects import DraftChangedError, Project
from core.runs.run import Run
from core.runs.store import run_folder
from core.split import Assignment, Split, assign, assign_folds, read_assignment, split_problems
from core.workspace import Workspace
from ui import opened_layer, screen
from ui.history import History

_PROJECT = "session_project"
_HISTORIES = "session_histories"
_GENERATION = "session_generation"
_IN_ADDRESS = "project"


def workspace() -> Workspace:
    """Where everything is kept, as the environment says."""
    return Workspace.from_environment()


def database() -> Database:
    """The database of the workspace, opened once per web process."""
    return _database(workspace())


def keep_engine() -> None:
    """Sees to it that there is an engine for queued runs, and that it knows of this web process; costs next to
    nothing."""
    _web_lock(workspace())
    engine.ensure_engine(workspace())


def follow_address() -> None:
    """Makes the project that the address names the current one; `app.py` calls this at the beginning of every run.

    Without a name in the address, the project of the session stays, and is put back there: switching screens drops it.
    """
    held = current_project()
    project_id = st.query_params.get(_IN_ADDRESS) or (held and held.id)
    if project_id is None:
        return
    st.query_params[_IN_ADDRESS] = project_id
    found = _found(project_id)
    if found and (held is None or held.id != project_id):
        projects.touch(database(), project_id)
        opened_layer.forget()
    st.session_state[_PROJECT] = found


def is_address_unknown() -> bool:
    """Whether the address names a project that is not there."""
    return current_project() is None and _IN_ADDRESS in st.query_params


def current_project() -> Project | None:
    """The open project, as of the beginning of this run or the last `save_draft`."""
    return st.session_state.get(_PROJECT)


def open_project(project_id: str) -> None:
    """Makes the project the current one, here and in the address. Raises ProjectError if it is not there."""
    projects.touch(database(), project_id)
    opened_layer.forget()
    st.query_params[_IN_ADDRESS] = project_id
    st.session_state[_PROJECT] = projects.get(database(), project_id)


def close_project() -> None:
    """Leaves the current project; nothing in it changes."""
    st.query_params.pop(_IN_ADDRESS, None)
    st.session_state.pop(_PROJECT, None)


def project() -> Project:
    """The open project; without one, the screen says so and ends here."""
    found = current_project()
    if found is None:
        screen.needs_project()
    return found


def draft() -> Recipe:
    """The recipe that is being made; before there are images, the screen says so and ends here."""
    recipe = project().draft
    if recipe is None:
        screen.needs_dataset()
    return recipe


def problems() -> tuple[Problem, ...]:
    """What is wrong with the draft on these images and this machine."""
    return draft().problems(len(needed_dataset().class_names), memory_bytes(), numbers())


def save_draft(recipe: Recipe) -> None:
    """Keeps ``recipe`` as the draft of the open project, in the database at once. It can be undone."""
    _keep(history().followed_by(recipe))


def generation() -> int:
    """A number that is another one after each change that did not come from a form, such as an undo.

    As a part of a form's keys it gives the form new fields then. A field of the old form may still be on its way to
    the server with what it showed before, and Streamlit takes that for an edit.
    """
    return st.session_state.get(_GENERATION, 0)


def renew_forms() -> None:
    """Makes `generation` another number."""
    st.session_state[_GENERATION] = generation() + 1


def history() -> History[Recipe]:
    """The drafts that this session has seen in the open project; the one that is now is `draft`."""
    known = st.session_state.get(_HISTORIES, {}).get(project().id)
    return known.followed_by(draft()) if known else History((draft(),))


def restore(turned: History[Recipe]) -> None:
    """Makes the draft that is now in ``turned`` the draft of the open project, in the database at once."""
    renew_forms()
    _keep(turned)


def dataset() -> Dataset | None:
    """The images of the open project, or None. Shared between sessions: not to be changed."""
    found = current_project()
    if found is None or found.dataset_id is None:
        return None
    return _dataset(workspace().datasets, found.dataset_id)


def dataset_of(dataset_id: str) -> Dataset:
    """The images ``dataset_id``, perhaps those that a run had and the project has no more. Shared between sessions: not
    to be changed. Raises DatasetError where they are not there."""
    return _dataset(workspace().datasets, dataset_id)


def assignment_of(run: Run) -> Assignment:
    """Which image belonged to which part when ``run`` was queued. Shared between sessions: not to be changed."""
    return _assignment_of_run(run_folder(workspace(), run.id))


def dataset_id_now() -> str | None:
    """The dataset that the open project has by now, perhaps by another tab; not as of the beginning of this run."""
    return projects.get(database(), project().id).dataset_id


def needed_dataset() -> Dataset:
    """The images of the open project; before there are any, the screen says so and ends here."""
    found = dataset()
    if found is None:
        screen.needs_dataset()
    return found


def numbers() -> NumberScale | None:
    """Where the numbers of the open project's images lie; None where they have classes."""
    found = needed_dataset()
    return _numbers(workspace().datasets, found.id) if found.predicts_numbers else None


def predicts_numbers(dataset_id: str) -> bool:
    """Whether the images of a dataset have numbers instead of classes, so that a run on it has no accuracy."""
    return not dataset_summary(database(), dataset_id).class_names


def problems_of_split() -> tuple[Problem, ...]:
    """What should be known about the draft's split."""
    split = draft().split
    asked = (workspace().datasets, needed_dataset().id, split, _is_searched(split))
    return _split_problems(*asked) + _problems_of_opened_images(*asked, openings.all_openings(database()))


def assignment() -> Assignment:
    """Which image belongs to which part under the draft's split."""
    split = draft().split
    return _assignment(workspace().datasets, needed_dataset().id, split, _is_searched(split))


def assignments_of_folds() -> tuple[Assignment, ...]:
    """Which image belongs to which part in each fold of the draft's split, which has some."""
    split = draft().split.model_copy(update={"fold": 0})
    return _folds(workspace().datasets, needed_dataset().id, split, _is_searched(split))


def look_alikes() -> pd.DataFrame | None:
    """The pairs of images of the open project that look alike, as `core.quality.store.near_pairs` gives them; None
    until a check has looked for them."""
    return look_alikes_of(needed_dataset().id)


def look_alikes_of(dataset_id: str) -> pd.DataFrame | None:
    """As `look_alikes`, of the images ``dataset_id``."""
    asked = workspace().datasets, dataset_id
    pairs = _look_alikes(*asked)
    if pairs is None:
        _look_alikes.clear(*asked)
    return pairs


def clusters_of_look_alikes(dataset_id: str) -> np.ndarray | None:
    """The number of the cluster of each image of ``dataset_id``, as `core.quality.clusters.clusters_of` gives it; None
    until a check has looked for look-alikes."""
    return None if look_alikes_of(dataset_id) is None else _clusters(workspace().datasets, dataset_id)


def quality_report() -> QualityReport | None:
    """What a check has found wrong with the images of the open project; None until one has looked at them."""
    asked = workspace().datasets, needed_dataset().id
    report = _quality_report(*asked)
    if report is None:
        _quality_report.clear(*asked)
    return report


def _is_searched(split: Split) -> bool:
    """Whether ``split`` keeps look-alikes together and they are known."""
    return split.keep_together == "near" and look_alikes() is not None


def _keep(turned: History[Recipe]) -> None:
    """An edit of what another tab has changed meanwhile is not kept: its words would fall on other layers."""
    edited = replace(project(), draft=turned.now)
    try:
        projects.replace_draft(database(), edited.id, turned.now, instead_of=draft())
    except DraftChangedError as error:
        renew_forms()
        screen.fresh(error.message)
        return
    st.session_state[_PROJECT] = edited
    st.session_state[_HISTORIES] = st.session_state.get(_HISTORIES, {}) | {edited.id: turned}


def _found(project_id: str) -> Project | None:
    try:
        return projects.get(database(), project_id)
    except ProjectError:
        return None


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Database.close)
def _database(workspace: Workspace) -> Database:
    return Database.open(workspace)


@st.cache_resource(max_entries=1, show_spinner=False, on_release=FileLock.release)
def _web_lock(workspace: Workspace) -> FileLock:
    return hold_web_lock(workspace)


@st.cache_resource(max_entries=8, show_spinner=False)
def _dataset(datasets: Path, dataset_id: str) -> Dataset:
    return store.load(datasets, dataset_id)


@st.cache_resource(max_entries=8, show_spinner=False)
def _assignment_of_run(folder: Path) -> Assignment:
    return read_assignment(folder / "split.csv")


@st.cache_data(max_entries=8, show_spinner=False)
def _numbers(datasets: Path, dataset_id: str) -> NumberScale:
    return NumberScale.of(_dataset(datasets, dataset_id).images["value"].tolist())


@st.cache_resource(max_entries=8, show_spinner=False)
def _quality_report(datasets: Path, dataset_id: str) -> QualityReport | None:
    return kept_report(_dataset(datasets, dataset_id))


@st.cache_resource(max_entries=8, show_spinner=False)
def _look_alikes(datasets: Path, dataset_id: str) -> pd.DataFrame | None:
    return near_pairs(_dataset(datasets, dataset_id))


@st.cache_resource(max_entries=8, show_spinner=False)
def _clusters(datasets: Path, dataset_id: str) -> np.ndarray:
    pairs = _look_alikes(datasets, dataset_id)
    assert pairs is not None, "asked for after the search only"
    return clusters_of(pairs, len(_dataset(datasets, dataset_id).images))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _assignment(datasets: Path, dataset_id: str, split: Split, is_searched: bool) -> Assignment:
    clusters = _clusters(datasets, dataset_id) if is_searched else None
    return assign(split, _dataset(datasets, dataset_id).images, clusters)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _folds(datasets: Path, dataset_id: str, split: Split, is_searched: bool) -> tuple[Assignment, ...]:
    clusters = _clusters(datasets, dataset_id) if is_searched else None
    return assign_folds(split, _dataset(datasets, dataset_id).images, clusters)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _problems_of_opened_images(
    datasets: Path, dataset_id: str, split: Split, is_searched: bool, openings_so_far: int
) -> tuple[Problem, ...]:
    if not openings_so_far:
        return ()
    assignment = _assignment(datasets, dataset_id, split, is_searched)
    problem = openings.moved_problem(database(), _dataset(datasets, dataset_id).images, assignment)
    return () if problem is None else (problem,)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _split_problems(datasets: Path, dataset_id: str, split: Split, is_searched: bool) -> tuple[Problem, ...]:
    found = _dataset(datasets, dataset_id)
    clusters = _clusters(datasets, dataset_id) if is_searched else None
    assignment = _assignment(datasets, dataset_id, split, is_searched)
    return split_problems(assignment, found.class_names, found.images["label"], split, found.images, clusters)
