"""The view that offers the lab report of a run."""

import numpy as np
import pytest

from core.evaluation import judge
from tests.pages.worked_runs import finished, with_seed
from tests.sealed import openings
from ui.judging import report

PAGE = "pages/judge/evaluate.py"


@pytest.fixture
def model(monkeypatch):
    """Instead of a trained model, one that takes every image for a 3."""
    monkeypatch.setattr(judge, "predict", lambda _model, _images, rows: np.tile(np.eye(10)[3], (len(rows), 1)))


def open_report(open_screen):
    app = open_screen(PAGE)
    app.segmented_control(key="evaluate_view").set_value("report").run()
    assert not app.exception
    return app


def test_the_view_says_what_the_report_would_not_have_yet(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    app = open_report(open_screen)
    (missing,) = (element.value for element in app.markdown if "Not in it yet" in element.value)
    assert missing.split("\n\n")[1].splitlines() == [
        "- Nobody has opened the test set for the model of this run, so there is no test figure.",
        "- The baselines have not been trained yet.",
        "- Nobody has looked for shortcuts yet.",
        "- There is no trained run before this one in the project.",
    ]


def test_both_formats_are_offered(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    labels = {button.proto.label for button in open_report(open_screen).get("download_button")}
    assert labels == {"Lab report to print (HTML)", "Lab report as text (Markdown)"}


@pytest.mark.parametrize(("kind", "beginning"), [("html", '<!doctype html>\n<html lang="ko">'), ("md", "# ")])
def test_the_file_is_that_of_the_run_in_the_language_of_the_screen(kept, project_with_digits, model, kind, beginning):
    finished(kept, project_with_digits)
    run = finished(kept, project_with_digits, recipe=with_seed(project_with_digits.draft, 1))
    text = report.written(kept.database, kept.workspace, run.id, kind, "ko").decode()
    assert text.startswith(beginning)
    assert run.id in text
    assert openings(kept.database, kept.workspace, run) == 0
