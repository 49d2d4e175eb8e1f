"""Images: bring them in, look at them, choose the size that the network sees."""

from functools import partial

import streamlit as st

from core.runs import intakes
from core.runs import store as runs
from ui import (
    class_edits,
    dataset_history,
    dataset_overview,
    image_gallery,
    image_size_form,
    intake_progress,
    more_images,
    screen,
    session,
    steps,
    stored_notes,
    train_now,
    upload_panel,
)
from ui.text import _

screen.header(
    _("Images"), _("Bring in images with their classes or numbers, and look at what the network will learn from.")
)

project = session.project()
intake = intakes.latest(session.database(), project.id)

if intake is not None and intake.state.is_working:
    if intake.into_class is None:  # into a class, one image follows the other
        more_images.close()
    intake_progress.show(intake)
    st.stop()

if intake is not None:
    intake_progress.show_end(intake)

dataset = session.dataset()
if dataset is None:
    upload_panel.show()
    st.stop()

past_runs = runs.of_project(session.database(), project.id)
image_gallery.show(dataset)
dataset_history.show(dataset, past_runs)
more_images.show(dataset, len(past_runs))
dataset_overview.show_refused(dataset)
stored_notes.show(dataset)

columns = st.grid(2, min_column_width=330, gap="large")
with columns.cell():
    dataset_overview.show_labels(dataset)
    if not dataset.predicts_numbers:
        class_edits.show(dataset, len(past_runs))
with columns.cell():
    st.subheader(_("Size for the network"), anchor=False)
    image_size_form.show(dataset)
    st.markdown(_("**As they came**"))
    dataset_overview.show_sizes(dataset)

short_way = partial(train_now.button, project, disabled=steps.progress(project).forbids_training)
screen.next_step(
    _("Go on to the split"), "pages/data/split.py", key="images_next", beside=None if past_runs else short_way
)
