"""The views of the baselines and of the shortcuts, each drawn alone, on real digits and what was really found."""

import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.dataset.store import load, pixels
from core.evaluation import judge
from core.evaluation.simple_methods import findings
from core.evaluation.simple_methods.findings import task_of
from core.runs import analyses
from core.runs.analyses import AnalysisKind, Ending, Task
from core.runs.process import Process
from core.runs.states import IntakeState
from core.runs.tables import AnalysisRow
from tests.pages.worked_runs import finished

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


def screen() -> None:
    """Draws one view of the only run; what is asked for is in the session."""
    from dataclasses import replace

    import streamlit as st

    from core.dataset.store import load
    from core.evaluation import evaluate
    from core.runs import projects, store
    from ui import session
    from ui.judging import baselines, shortcuts

    database, workspace = session.database(), session.workspace()
    run = store.of_project(database, projects.all_projects(database)[0].id)[0]
    evaluation = replace(evaluate(database, workspace, run.id), part=st.session_state["part"])
    views = {"baselines": baselines, "shortcuts": shortcuts}
    views[st.session_state["view"]].show(evaluation, run, load(workspace.datasets, run.dataset_id))


@pytest.fixture
def right_but_threes(monkeypatch, kept, project_with_digits):
    """Instead of a trained model, one that knows every digit but the 3, which it takes for an 8."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    images = pixels(dataset, dataset.image_size)
    known = {image.tobytes(): label for image, label in zip(images, dataset.images["label"], strict=True)}

    def predict(_model, images, rows):
        images = images[rows]
        labels = [known[image.tobytes()] for image in images]
        return np.eye(10, dtype=np.float32)[[8 if label == 3 else label for label in labels]]

    monkeypatch.setattr(judge, "predict", predict)


@pytest.fixture
def task(kept, project_with_digits, right_but_threes):
    """What is worked on for the only run, by kind."""
    run = finished(kept, project_with_digits)
    return lambda kind: task_of(kept.workspace, run, kind)


@pytest.fixture
def open_view(kept, task):
    """Opens the view of a kind; what it shows was found before."""

    def open_(kind: AnalysisKind, part: str = "validation") -> AppTest:
        asked = task(kind)
        analyses.keep(kept.database, asked, findings.find(kept.workspace, asked, lambda done, total: None))
        return drawn(kind, part)

    return open_


def drawn(kind: AnalysisKind, part: str = "validation") -> AppTest:
    app = AppTest.from_function(screen, default_timeout=60)
    app.session_state["view"], app.session_state["part"] = kind.value, part
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.success, app.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_the_net_stands_beside_the_simple_methods(open_view):
    app = open_view(AnalysisKind.BASELINES)
    assert "The net is right on 94.4%, " in texts(app)
    assert "The simple methods learned from 84 images, seen at 28 × 28 × 1." in texts(app)
    table = app.dataframe[0].value
    assert table["name"].tolist() == [
        "The net",
        "Most frequent class",
        "Mean colour",
        "Most similar images (k-NN)",
        "Logistic regression on pixels",
    ]
    assert table["figure"][0] == pytest.approx(100 * 17 / 18)
    assert (table["low"] <= table["figure"]).all()
    assert "never see the test images" not in texts(app)


def test_beside_a_test_figure_the_validation_figures_say_that_they_are_such(open_view):
    app = open_view(AnalysisKind.BASELINES, part="test")
    assert "These are figures of the validation images: the simple methods never see the test images." in texts(app)
    assert ":orange-badge[Validation]" in texts(app)


def test_what_nobody_has_found_yet_is_begun_once_and_drawn_as_it_goes_on(kept, task, monkeypatch):
    start = analyses.start
    monkeypatch.setattr(analyses, "start", lambda *asked: start(*asked, worker=SLEEP))
    app = drawn(AnalysisKind.BASELINES)
    assert app.get("progress")[0].proto.text == "Beginning to train the simple methods …"
    process = process_of(kept, task(AnalysisKind.BASELINES))
    app.run()
    assert process_of(kept, task(AnalysisKind.BASELINES)) == process
    process.end(patience_seconds=0)


def test_while_others_are_at_work_it_waits_and_begins_when_the_screen_looks_again(
    kept, task, project_with_digits, nothing_in_the_background
):
    others = [Task(AnalysisKind.SHORTCUTS, project_with_digits.dataset_id, {"number": number}) for number in range(2)]
    for other in others:
        analyses.start(kept.database, kept.workspace, other)
    app = drawn(AnalysisKind.BASELINES)
    assert "Waits until other work in the background is done" in texts(app)
    assert not app.get("progress")
    analyses.keep(kept.database, others[0], Ending(IntakeState.LOST))
    assert "Waits" in texts(app.run()), "what is worked on is not ended by anybody else"
    with kept.database.writing() as session:
        session.query(AnalysisRow).filter_by(key=others[0].key).one().state = IntakeState.COMPLETED
    app.run()
    assert app.get("progress")[0].proto.text == "Beginning to train the simple methods …"


@pytest.mark.parametrize("kind", [AnalysisKind.BASELINES, AnalysisKind.SHORTCUTS])
def test_what_was_broken_off_says_so_and_can_be_begun_again(kept, task, monkeypatch, kind):
    analyses.keep(kept.database, task(kind), Ending(IntakeState.LOST))
    app = drawn(kind)
    assert "did not come to its end" in app.error[0].value or "not trained to their end" in app.error[0].value
    start = analyses.start
    monkeypatch.setattr(analyses, "start", lambda *asked: start(*asked, worker=SLEEP))
    app.button(key=f"{kind}_again").click().run()
    assert not app.error
    process_of(kept, task(kind)).end(patience_seconds=0)


def test_eighteen_digits_are_too_few_to_rule_every_cue_out(open_view):
    app = open_view(AnalysisKind.SHORTCUTS)
    assert app.info[0].value.startswith("Too few validation images to tell")
    assert not app.success
    assert app.dataframe[0].value["name"].tolist() == ["Border", "File size", "Proportions", "Mean colour", "Sharpness"]


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("border", "Only the border of each image"),
        ("file_size", "The median is 880 in every class."),
        ("aspect_ratio", "The median is 1 in every class."),
        ("mean_colour", "Each image as the one colour"),
        ("blur", "From the most blurred image to the crispest."),
    ],
)
def test_each_cue_is_shown(open_view, cue, said):
    app = open_view(AnalysisKind.SHORTCUTS)
    app.segmented_control(key="cue_examples_cue").set_value(cue).run()
    assert not app.exception
    assert said in texts(app)


def process_of(kept, task) -> Process:
    with kept.database.reading() as session:
        return session.query(AnalysisRow).filter_by(key=task.key).one().process
