"""Try it: what a trained model answers for any image."""

import streamlit as st

from core.evaluation.trying.trial import Trial
from ui import screen, session
from ui.judging import run_choice
from ui.text import _
from ui.trying import asking, camera, drawing, unusual, upload

screen.header(
    _("Try it"), _("Show the model an image that it has never seen, and see what it answers and how sure it is.")
)

session.project()
session.needed_dataset()
ways = {
    "upload": (_("Upload"), ":material/upload:", upload.show),
    "camera": (_("Camera"), ":material/photo_camera:", camera.show),
    "draw": (_("Draw"), ":material/draw:", drawing.show),
    "unusual": (_("Unusual pictures"), ":material/casino:", unusual.show),
}


def is_offered(way: str, trial: Trial) -> bool:
    """Colours cannot be drawn here."""
    return way != "draw" or trial.run.recipe.image.channels == 1


trained = run_choice.trained_runs()
with st.container(horizontal=True, gap="medium"):
    with st.container(width=320):
        trial = asking.trial(run_choice.show(trained))
    way = st.segmented_control(
        _("Image from"),
        [each for each in ways if is_offered(each, trial)],
        key="try_it_way",
        default="upload",
        required=True,
        format_func=lambda each: f"{ways[each][1]} {ways[each][0]}",
        persist_state="session",
    )
ways[way][2](trial)
