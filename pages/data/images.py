"""Images: bring them in, look at them, choose the size that the network sees."""

from functools import partial

import streamlit as st

from core.runs import intakes
from core.runs import store as runs
from ui import (
    dataset_overview,
    image_gallery,
    image_size_form,
    intake_progress,
    replace_images,
    screen,
    session,
    steps,
    train_now,
    upload_panel,
)
from ui.text import _

screen.header(
    _("Images"), _("Bring in images sorted into folders by class, and look at what the network will learn from.")
)

project = session.project()
intake = intakes.latest(session.database(), project.id)

if intake is not None and intake.state.is_working:
    replace_images.close()
    intake_progress.show(intake)
    st.stop()

if intake is not None and intake.state.is_trouble:
    intake_progress.show_trouble(intake)

dataset = session.dataset()
if dataset is None:
    upload_panel.show()
    st.stop()

image_gallery.show(dataset)
dataset_overview.show_refused(dataset)

columns = st.grid(2, min_column_width=330, gap="large")
with columns.cell():
    dataset_overview.show_classes(dataset)
with columns.cell():
    st.subheader(_("Size for the network"), anchor=False)
    image_size_form.show(dataset)
    st.markdown(_("**As they came**"))
    dataset_overview.show_sizes(dataset)

past_runs = runs.of_project(session.database(), project.id)
replace_images.show(len(past_runs))

short_way = partial(train_now.button, project, disabled=steps.progress(project).forbids_training)
screen.next_step(
    _("Go on to the split"), "pages/data/split.py", key="images_next", beside=None if past_runs else short_way
)
