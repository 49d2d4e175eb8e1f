"""The projects as cards: a glimpse of the images, the data in one line, the runs, and what can be done."""

from datetime import datetime
from pathlib import Path

import numpy as np
import streamlit as st

from core.dataset import store
from core.errors import DatasetError
from core.message import Message, say, say_count
from core.runs import projects
from core.runs import store as runs
from core.runs.datasets import dataset_summary
from core.runs.projects import Project
from ui import project_dialogs, screen, session
from ui.data_line import data_line
from ui.markdown import plain
from ui.moments import ago
from ui.numbers import quantity
from ui.text import _, translate
from ui.thumbnails import enlarged, sheet, spread

PAGE_OF_A_PROJECT = "pages/data/images.py"
_NO_IMAGES = "ui/assets/own.png"
_GLIMPSE, _GLIMPSE_COLUMNS = 40, 10
_SIDE = 56


def show(of: list[Project], now: datetime) -> None:
    """Draws a card for each project; ``now`` tells how long ago each was opened."""
    with st.grid(3, min_column_width=210, gap="medium"):
        for project in of:
            with st.container(border=True, height="stretch", key=f"project_cards_{project.id}"):
                _card(project, now)


def _card(project: Project, now: datetime) -> None:
    glimpse = _glimpse(session.workspace().datasets, project.dataset_id) if project.dataset_id else None
    if glimpse is None:
        st.image(_NO_IMAGES, width="stretch", alt=_("An empty page, waiting for images."))
    else:
        st.image(glimpse, width="stretch", alt=_("Some images of the project"), output_format="PNG")
    with st.container(gap=None):
        st.markdown(f"**{plain(project.name)}**")
        for line in _lines(project, now):
            st.caption(translate(line))
    st.space("stretch")
    with st.container(horizontal=True):
        if st.button(_("Open"), key=f"project_cards_open_{project.id}", width="stretch"):
            session.open_project(project.id)
            st.switch_page(PAGE_OF_A_PROJECT)
        _menu(project)


def _menu(project: Project) -> None:
    actions = {
        "rename": (_("Rename …"), project_dialogs.rename),
        "duplicate": (_("Duplicate"), _duplicate),
        "delete": (_("Delete …"), project_dialogs.delete),
    }
    chosen = st.menu_button(
        ":material/more_horiz:",
        list(actions),
        format_func=lambda action: actions[action][0],
        key=f"project_cards_menu_{project.id}",
        help=_("Rename, duplicate or delete the project"),
    )
    if chosen is not None:
        actions[chosen][1](project)


def _duplicate(project: Project) -> None:
    copy = projects.duplicate(session.database(), project.id)
    screen.fresh(
        say(
            "{name} has the images and the settings of {original}, without its runs.",
            name=copy.name,
            original=project.name,
        )
    )
    st.rerun()


def _lines(project: Project, now: datetime) -> list[Message]:
    return [_data(project), _trained(project), say("Opened {when}", when=ago(project.opened_at, now))]


def _data(project: Project) -> Message:
    if project.dataset_id is None or project.draft is None:
        return say("No images yet")
    summary = dataset_summary(session.database(), project.dataset_id)
    return data_line(summary.images, len(summary.class_names), project.draft.image)


def _trained(project: Project) -> Message:
    of_project = runs.of_project(session.database(), project.id)
    count = say_count("{count} run", "{count:,} runs", count=len(of_project))
    best = runs.best_of(session.database(), [run.id for run in of_project])
    accuracy, error = best["val_accuracy"].max(), best["val_mean_absolute_error"].min()
    if accuracy >= 0:  # else NaN: not measured
        return say("{runs} · best validation accuracy {accuracy:.1%}", runs=count, accuracy=float(accuracy))
    if error >= 0:
        return say("{runs} · least mean absolute error on validation {error}", runs=count, error=quantity(float(error)))
    return count


@st.cache_data(max_entries=64, show_spinner=False)
def _glimpse(datasets: Path, dataset_id: str) -> np.ndarray | None:
    """A strip of images from different classes; none where the images are gone."""
    try:
        dataset = store.load(datasets, dataset_id)
    except DatasetError:
        return None
    images = store.pixels(dataset, dataset.image_size)
    chosen = spread(dataset.images["label"].to_numpy(), _GLIMPSE)
    return sheet([enlarged(images[position], _SIDE) for position in chosen], columns=_GLIMPSE_COLUMNS, gap=6)
