"""What a screen takes long to read or to work out, it reads and works out once, however often it is drawn."""

from collections import Counter

import numpy as np
import pytest

from core.dataset import store as datasets
from core.evaluation import judge
from core.evaluation.confidence import curves as core_curves
from core.evaluation.figures import class_figures as core_figures
from core.runs import decisions
from core.runs.decisions import Decision
from tests.pages.worked_runs import finished
from ui import session
from ui.judging import class_table, curves, judgements, result

PAGE = "pages/judge/evaluate.py"
READ = {
    "dataset": (session.store, "load", datasets.load),
    "evaluation": (judgements, "stored_evaluation", judge.stored_evaluation),
    "averages": (result, "class_averages", core_figures.class_averages),
    "classes": (class_table, "class_figures", core_figures.class_figures),
    "areas": (curves, "areas", core_curves.areas),
}


@pytest.fixture
def run(monkeypatch, kept, project_with_digits):
    """Its model takes everything for a 3."""
    monkeypatch.setattr(judge, "predict", lambda _model, images, rows=None: _threes(images, rows))
    return finished(kept, project_with_digits)


def _threes(images, rows) -> np.ndarray:
    return np.tile(np.float32(np.eye(10)[3] * 0.9 + 0.01), (len(images if rows is None else rows), 1))


@pytest.fixture
def reads(monkeypatch) -> Counter:
    """How often each was read or worked out."""
    counts: Counter = Counter()

    def counted(name, function):
        def call(*arguments, **named):
            counts[name] += 1
            return function(*arguments, **named)

        return call

    for name, (module, attribute, function) in READ.items():
        monkeypatch.setattr(module, attribute, counted(name, function))
    return counts


@pytest.fixture
def screen(run, open_screen):
    return open_screen(PAGE)


def drawn(screen, view: str, times: int = 2) -> None:
    screen.segmented_control(key="evaluate_view").set_value(view)
    for _ in range(times):
        screen.run()
        assert not screen.exception


@pytest.mark.parametrize(
    ("view", "once"),
    [
        ("result", {"evaluation", "averages", "classes"}),
        ("curves", {"evaluation", "areas"}),
        ("mistakes", {"evaluation"}),
    ],
)
def test_each_view_reads_and_works_out_once(reads, screen, view, once):
    drawn(screen, view)
    assert {name: reads[name] for name in once} == dict.fromkeys(once, 1)
    reads.clear()
    drawn(screen, view)
    assert not reads


def test_another_temperature_gives_other_curves(reads, screen, kept, run):
    drawn(screen, "curves")
    decisions.save_decision(kept.database, run.id, Decision(temperature=2.0, threshold=0.3))
    drawn(screen, "curves")
    decisions.save_decision(kept.database, run.id, Decision(temperature=2.0, threshold=0.7))
    drawn(screen, "curves")
    assert reads["areas"] == 2


def test_the_report_view_reads_nothing_only_to_know_whether_it_is_there(reads, screen, monkeypatch):
    for name in ("read_baselines", "read_shortcuts", "near_pairs"):
        monkeypatch.setattr(f"core.report.kept.{name}", lambda *_: 1 / 0)
    drawn(screen, "report")
    reads.clear()
    drawn(screen, "report")
    assert not reads
