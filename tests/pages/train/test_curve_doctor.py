"""What the Runs screen says about the curves of a run."""

import pyarrow
import pytest

from core.runs import progress, store
from core.runs.breakdown import breakdown
from core.runs.states import RunState
from core.split import Split
from tests.pages.worked_runs import Figures, running_with

PAGE = "pages/train/runs.py"
TITLE = "**Curve doctor**"

HEALTHY: list[Figures] = [(1.2, 0.6, 1.0, 0.7), (0.7, 0.8, 0.6, 0.85), (0.4, 0.95, 0.35, 0.96), (0.2, 0.98, 0.18, 0.98)]
BY_HEART: list[Figures] = [
    *HEALTHY,
    (0.1, 0.99, 0.15, 0.98),
    (0.08, 1.0, 0.15, 0.98),
    (0.05, 1.0, 0.19, 0.98),
    (0.03, 1.0, 0.21, 0.97),
    (0.02, 1.0, 0.23, 0.97),
]


@pytest.fixture
def recipe(project_with_digits):
    """Ten epochs, and 84 of the 120 images to validate: enough to tell 98% from 90%."""
    draft = project_with_digits.draft
    training = draft.training.model_copy(update={"epochs": 10})
    return draft.model_copy(update={"training": training, "split": Split(train=0.3, validation=0.7, test=0.0)})


@pytest.fixture
def opened(open_screen, kept, project_with_digits, recipe):
    """The screen, with a run that has measured these figures."""

    def open_(figures, state=None, message=None):
        run = running_with(kept, project_with_digits, figures, recipe)
        if state:
            progress.finish(kept.database, run.id, state, message)
        return open_screen(PAGE)

    return open_


def said(app) -> list[str]:
    """What stands below the heading of the doctor; nothing without it."""
    texts = [element.value for element in app.markdown]
    return texts[texts.index(TITLE) + 1 :] if TITLE in texts else []


def links(app) -> list[tuple[str, str]]:
    return [(link.proto.label, link.proto.page) for link in app.get("page_link")]


def test_a_finding_is_said_with_its_evidence_and_a_link_to_what_would_change_it(opened):
    app = opened(BY_HEART)
    title, evidence = said(app)[:2]
    assert "**① Overfitting since epoch 5**" in title
    assert "has risen from 0.15 to 0.21, while the training loss fell from 0.1 to 0.03." in evidence
    assert ("Change the augmentation", "training") in links(app)


def test_the_evidence_is_marked_on_the_curve_of_its_figure(opened):
    loss, accuracy, _rate = (shaded(chart) for chart in opened(BY_HEART).get("vega_lite_chart"))
    assert loss == [(4.5, 9.5, "① Overfitting since epoch 5")]
    assert accuracy == []


def shaded(chart) -> list[tuple[float, float, str]]:
    table = pyarrow.ipc.open_stream(chart.proto.datasets[0].data.data).read_all().to_pandas()
    if "finding" not in table:
        return []
    return list(
        table.loc[table["detail"] == "evidence", ["epoch", "end", "finding"]].itertuples(index=False, name=None)
    )


def test_of_healthy_curves_nothing_is_said(opened):
    app = opened(HEALTHY)
    assert said(app)[0] == "Nothing stands out so far."
    assert links(app) == []


def test_before_there_is_a_curve_nothing_is_said(opened):
    assert said(opened(HEALTHY[:1])) == []


def test_what_needs_the_end_is_said_at_the_end(opened, kept, project_with_digits):
    unfinished = [*HEALTHY, *((0.2 - 0.02 * i, 0.98, 0.18 - 0.02 * i, 0.98) for i in range(1, 7))]
    app = opened(unfinished)
    assert said(app)[0] == "Nothing stands out so far."
    [run] = store.of_project(kept.database, project_with_digits.id)
    progress.finish(kept.database, run.id, RunState.COMPLETED)
    app.run()
    assert "Not finished" in said(app)[0]


def test_a_run_that_broke_down_had_too_high_a_rate(opened):
    app = opened(HEALTHY[:1], RunState.FAILED, breakdown(2, float("nan"), 0.5))
    assert "The learning rate is too high" in said(app)[0]
    assert ("Change the learning rate", "training") in links(app)
