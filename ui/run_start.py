"""What would be trained next, in one glance, and the button that starts it."""

from collections.abc import Sequence

import streamlit as st

from core.errors import LayerlabError
from core.message import Message
from core.objective.losses import LOSSES
from core.problem import Problem
from core.recipe import Recipe
from core.runs import store as runs
from core.runs.run import Run
from core.split import Assignment
from ui import run_table, session
from ui.parts import part_badge
from ui.text import _, ngettext, translate

LAYERS, SPLIT = "pages/model/layers.py", "pages/data/split.py"
_TROUBLE = "run_start_trouble"


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
    obstacle = _obstacle(split_problems)
    twin = _active_twin(of_project, recipe, dataset_id)
    with st.container(border=True, key="run_start"):
        with st.container(horizontal=True, vertical_alignment="center"):
            _show_recipe(recipe, assignment)
            st.button(
                _("Start training"),
                key="runs_start",
                type="primary" if is_primary else "secondary",
                icon=":material/play_arrow:",
                disabled=obstacle is not None or twin is not None,
                on_click=start,
                args=(session.project().id, dataset_id, recipe),
                width="content",
            )
        if obstacle is not None:
            _show_obstacle(*obstacle)
        elif twin is not None:
            st.caption(_("Run {number} is training exactly this.").format(number=twin.number))
        else:
            _show_precedent(recipe, dataset_id, of_project)
    show_trouble()


def start(project_id: str, dataset_id: str, recipe: Recipe) -> None:
    """Puts ``recipe`` into the queue and shows its run. A second press while the first is at work starts nothing."""
    twin = _active_twin(runs.of_project(session.database(), project_id), recipe, dataset_id)
    if twin is not None:
        run_table.choose(twin.id)
        return
    try:
        run = runs.enqueue(session.database(), session.workspace(), project_id, dataset_id, recipe)
    except LayerlabError as error:
        keep_trouble(error)
        return
    run_table.choose(run.id)


def keep_trouble(error: LayerlabError) -> None:
    """Has ``error`` said when the screen is drawn next."""
    st.session_state[_TROUBLE] = translate(error.message)


def show_trouble() -> None:
    """Says what went wrong at the last click, once."""
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        st.error(trouble, icon=":material/error:")


def _active_twin(of_project: Sequence[Run], recipe: Recipe, dataset_id: str) -> Run | None:
    """The run that is at work on exactly this, or waits for it."""
    twins = (run for run in of_project if run.state.is_active and run.recipe == recipe and run.dataset_id == dataset_id)
    return next(twins, None)


def _obstacle(split_problems: Sequence[Problem]) -> tuple[Message, str] | None:
    """The first problem that forbids training, and the screen where it is mended."""
    placed = [(problem, SPLIT) for problem in split_problems]
    placed += [(each, LAYERS) for each in session.problems()]
    return next(((problem.message, page) for problem, page in placed if problem.forbids_training), None)


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
        with st.container(horizontal=True, gap="medium"):
            for part, images in counts.items():
                st.markdown(f"{part_badge(part)} {images:,}", width="content")


def _show_obstacle(message: Message, page: str) -> None:
    labels = {
        LAYERS: _("Mend it at the layers"),
        SPLIT: _("Mend it at the split"),
    }
    st.warning(translate(message), icon=":material/warning:")
    st.page_link(page, label=labels[page], icon=":material/build:")


def _show_precedent(recipe: Recipe, dataset_id: str, of_project: Sequence[Run]) -> None:
    done = (run for run in of_project if run.state.is_trained and run.epoch == run.epochs)
    same = next((run for run in done if run.recipe == recipe and run.dataset_id == dataset_id), None)
    if same is not None:
        st.caption(
            _("Run {number} has trained exactly this: with the same seed the result would be the same.").format(
                number=same.number
            )
        )
