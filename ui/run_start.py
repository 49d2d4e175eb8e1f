"""What would be trained next, in one glance, and the button that starts it."""

from collections.abc import Sequence

import streamlit as st

from core.errors import LayerlabError
from core.objective.losses import LOSSES
from core.objective.schedules import Constant
from core.problem import Problem
from core.recipe import Recipe
from core.runs import series
from core.runs import store as runs
from core.runs.run import Run
from core.split import Assignment
from ui import guess_form, learning_rate_control, machine_line, run_table, run_trouble, session, training_obstacle
from ui.guess_form import Asked
from ui.parts import part_badge
from ui.run_states import is_completed
from ui.text import _, ngettext


def show(
    recipe: Recipe,
    assignment: Assignment,
    dataset_id: str,
    of_project: Sequence[Run],
    split_problems: Sequence[Problem],
    *,
    is_primary: bool,
) -> None:
    """Draws the panel for ``recipe``. Where it cannot be started, the reason is below, with the way to mend it."""
    obstacle = training_obstacle.obstacle(split_problems)
    folds = recipe.split.folds
    twin = None if folds else _active_twin(of_project, recipe, dataset_id)
    is_under_way = twin is not None or (folds > 0 and _are_under_way(of_project, recipe, dataset_id))
    asked = None if folds else guess_form.asked_of(recipe, dataset_id, of_project)
    with st.container(border=True, key="run_start"):
        with st.container(horizontal=True, vertical_alignment="center"):
            _show_recipe(recipe, assignment)
            st.button(
                _("Train all folds") if folds else _("Start training"),
                key="runs_start",
                type="primary" if is_primary else "secondary",
                icon=":material/play_arrow:",
                disabled=obstacle is not None or is_under_way,
                on_click=start_folds if folds else start,
                args=(session.project().id, dataset_id, recipe),
                kwargs={} if folds else {"asked": asked},
                width="content",
            )
        if obstacle is not None:
            training_obstacle.show(obstacle)
        else:
            st.caption(_folds_line(folds, is_under_way) if folds else _line(twin, recipe, dataset_id, of_project))
        machine_line.show()
        if asked is not None and obstacle is None and not is_under_way:
            guess_form.show(asked, recipe)
    run_trouble.show()


def start(project_id: str, dataset_id: str, recipe: Recipe, asked: Asked | None = None) -> None:
    """Puts ``recipe`` into the queue and shows its run, with what was guessed where something was ``asked``. A second
    press while the first is at work starts nothing."""
    try:
        run = runs.enqueue(session.database(), session.workspace(), project_id, dataset_id, recipe)
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    if asked is not None:
        guess_form.keep(run, asked)
    run_table.choose(run.id)


def start_folds(project_id: str, dataset_id: str, recipe: Recipe) -> None:
    """Puts a run for each fold of ``recipe`` into the queue and shows the first. Pressed again, it adds only what is
    missing."""
    try:
        run_ids = series.enqueue_folds(session.database(), session.workspace(), recipe, dataset_id, project_id)
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    run_table.choose(run_ids[0])


def _are_under_way(of_project: Sequence[Run], recipe: Recipe, dataset_id: str) -> bool:
    """Whether a run of each fold of ``recipe`` is at work, waits, rests or is done, and more is to come."""
    wanted = _of_fold(recipe, 0)
    alike = [run for run in of_project if run.dataset_id == dataset_id and _of_fold(run.recipe, 0) == wanted]
    at_work = {run.series for run in alike if run.state.is_active and run.series}
    folds_of = ({run.recipe.split.fold for run in alike if run.series == series_id} for series_id in at_work)
    return any(len(folds) == recipe.split.folds for folds in folds_of)


def _of_fold(recipe: Recipe, fold: int) -> Recipe:
    return recipe.model_copy(update={"split": recipe.split.model_copy(update={"fold": fold})})


def _folds_line(folds: int, is_under_way: bool) -> str:
    if is_under_way:
        return _("All folds of exactly this are trained already, wait in the queue, or are paused: see below.")
    return ngettext(
        "{count} run, one for each fold. They go on in the background, also while this page is closed.",
        "{count} runs, one for each fold. They go on in the background, also while this page is closed.",
        folds,
    ).format(count=folds)


def _line(twin: Run | None, recipe: Recipe, dataset_id: str, of_project: Sequence[Run]) -> str:
    return _twin(twin) if twin else _precedent(recipe, dataset_id, of_project)


def _active_twin(of_project: Sequence[Run], recipe: Recipe, dataset_id: str) -> Run | None:
    """The run that is at work on exactly this, waits for it, or rests from it. One of a series is not for sharing, so
    there may be another."""
    alone = (run for run in of_project if run.state.is_active and run.series is None)
    return next((run for run in alone if run.recipe == recipe and run.dataset_id == dataset_id), None)


def _twin(run: Run) -> str:
    if run.state.is_paused:
        return _("Run {number} is exactly this, and it is paused: continue it below.").format(number=run.number)
    if run.state.is_waiting:
        return _("Run {number} is exactly this, and it waits in the queue.").format(number=run.number)
    return _("Run {number} is training exactly this.").format(number=run.number)


def _show_recipe(recipe: Recipe, assignment: Assignment) -> None:
    training, counts = recipe.training, assignment.counts()
    layers, epochs = len(recipe.layers), training.epochs
    net = [
        ngettext("**{count}** layer", "**{count}** layers", layers).format(count=layers),
        _("**{parameters:,}** parameters").format(parameters=recipe.summary().parameters),
    ]
    course = [
        _(LOSSES[training.loss].title),
        _("{optimizer}, learning rate {rate:g}").format(
            optimizer=training.optimizer.kind, rate=training.optimizer.learning_rate
        ),
        _("batches of {batch_size:,}").format(batch_size=training.batch_size),
        ngettext(
            "**{count:,}** epoch of {updates:,} updates", "**{count:,}** epochs of {updates:,} updates", epochs
        ).format(count=epochs, updates=training.updates_per_epoch(counts["train"])),
    ]
    with st.container(gap="xsmall"):
        st.markdown(" · ".join(net))
        st.markdown(" · ".join(course))
        if extras := _extras(recipe):
            st.markdown(" · ".join(extras))
        st.markdown("\u2003".join(f"{part_badge(part)} {images:,}" for part, images in counts.items()))


def _extras(recipe: Recipe) -> list[str]:
    """What is not in every training."""
    training = recipe.training
    extras = {
        ", ".join(each.kind for each in recipe.augmentation): bool(recipe.augmentation),
        training.schedule.kind: training.schedule != Constant(),
        _("early stopping"): training.early_stopping is not None,
        _("smaller steps on a plateau"): training.reduce_on_plateau is not None,
        _("class weights"): training.class_weights is not None,
    }
    return [text for text, is_there in extras.items() if is_there]


def _precedent(recipe: Recipe, dataset_id: str, of_project: Sequence[Run]) -> str:
    """Whether this was trained before; else what is good to know in any case, so that the line has its place."""
    done = (run for run in of_project if is_completed(run) and run.parent_id is None)
    same = next((run for run in done if run.recipe == recipe and run.dataset_id == dataset_id), None)
    if same is None or learning_rate_control.changes(same):
        return _("A run goes on in the background, also while this page is closed.")
    return _("Run {number} has trained exactly this: with the same seed the result would be the same.").format(
        number=same.number
    )
