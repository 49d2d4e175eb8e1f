"""The report of a run that predicts numbers: errors in the place of shares."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from core.evaluation import evaluate, judge, open_test
from core.evaluation.simple_methods.findings import baselines_of
from core.message import Message
from core.recipe import parse
from core.report import Kept, gaps, report_of, to_html, to_markdown
from core.report.blocks import Table
from core.report.sections import in_short, mistakes, sealed_test, simple_methods, since_before
from core.runs import projects
from core.runs.datasets import register_dataset
from tests.core.dataset.number_images import number_dataset
from tests.core.report.collected import collected, figures, numbers_in

RECIPE = """
image: {height: 8, width: 8, channels: 1}
layers: [{kind: Flatten}, {kind: Dense, units: 1}]
training: {loss: mean_squared_error, optimizer: {kind: Adam}, epochs: 3, seed: %d}
"""


@pytest.fixture
def needles(lab, monkeypatch, tmp_path):
    """The lab with pictures of needles, and a model whose answers are off by up to 5."""
    dataset = number_dataset(tmp_path, lab.workspace.datasets, 60)
    register_dataset(lab.database, dataset)
    projects.set_dataset(lab.database, lab.project.id, dataset.id)

    def predict(_model, images: np.ndarray, rows: np.ndarray) -> np.ndarray:
        images = images[rows]
        return images.mean(axis=(1, 2)) / 255 * 100

    monkeypatch.setattr(judge, "predict", predict)
    return replace(lab, dataset=dataset)


@pytest.fixture
def run(needles):
    """The second of two runs, opened, with baselines."""
    first, second = (needles.run(parse(RECIPE % seed)) for seed in range(2))
    evaluate(needles.database, needles.workspace, first.id)
    baselines_of(needles.database, needles.workspace, second.id)
    open_test(needles.database, needles.workspace, second.id, opened_by="Kim", reason="the end")
    return second


@pytest.mark.parametrize("section", [in_short, sealed_test, simple_methods, since_before])
def test_every_figure_is_in_the_database(section, needles, run):
    evaluate(needles.database, needles.workspace, run.id)
    told = figures(section.section(Kept.of(needles.database, needles.workspace, run.id)))
    assert told
    assert told - numbers_in(needles.database) == set()


def test_the_errors_are_those_of_scikit_learn(needles, run):
    report = report_of(needles.database, needles.workspace, run.id)
    (table,) = (each for each in collected(Table, report) if str(each.title) == "Figures on the validation images")
    answers = evaluate(needles.database, needles.workspace, run.id).predictions
    expected = [
        figure(answers["value"], answers["predicted"])
        for figure in (mean_absolute_error, root_mean_squared_error, r2_score)
    ]
    assert [row[1].value for row in table.rows] == pytest.approx(expected)
    assert [str(row[2]).count(" to ") for row in table.rows] == [1, 1, 1]


def test_the_answers_that_are_furthest_off_come_first(needles, run):
    (gallery,) = mistakes.section(Kept.of(needles.database, needles.workspace, run.id)).blocks
    off = [row[3].value for row in gallery.table.rows]
    assert off == [pytest.approx(abs(row[1].value - row[2].value)) for row in gallery.table.rows]
    assert off == sorted(off, reverse=True)
    assert len(gallery.thumbnails) == len(off) == 9


def test_nothing_is_said_of_classes(needles, run):
    report = report_of(needles.database, needles.workspace, run.id)
    told = "\n".join(map(str, collected(Message, report)))
    assert [word for word in ("right class", "Confusion", "F1", "shortcuts yet") if word in told] == []
    assert "Nobody has looked for shortcuts yet." not in map(
        str, gaps(Kept.of(needles.database, needles.workspace, run.id))
    )
    assert "Mean absolute error" in to_html(report)
    assert "Mean absolute error" in to_markdown(report)
