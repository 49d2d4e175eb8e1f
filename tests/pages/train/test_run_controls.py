"""Pause, Continue and another learning rate, in the box of the run that is shown."""

import pytest

from core.message import say
from core.runs import control, progress, queue, store
from core.runs.progress import Live
from core.runs.states import RunState
from tests.pages.worked_runs import finished, leave_checkpoint, paused, queued, running

PAGE = "pages/train/runs.py"


def texts(app) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind)


def keys(app) -> set[str]:
    """The buttons in the box of the run."""
    return {button.key for button in app.button if button.key and button.key.startswith("live_run_")}


def report_applied(kept, run) -> None:
    """What its process says when it has taken up the learning rates that were asked for, after 9 updates."""
    changes = progress.report(kept.database, run.id).rate_changes
    progress.report(
        kept.database, run.id, applied=[progress.RateChange(each.id, each.learning_rate, 9) for each in changes]
    )


@pytest.mark.parametrize(
    ("bring", "expected"),
    [
        (queued, {"live_run_stop"}),
        (running, {"live_run_pause", "live_run_stop"}),
        (paused, {"live_run_stop", "live_run_continue"}),
        (finished, set()),
    ],
)
def test_a_run_has_the_buttons_of_its_state(open_screen, kept, project_with_digits, bring, expected):
    bring(kept, project_with_digits)
    assert keys(open_screen(PAGE)) == expected


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.FAILED, RunState.LOST])
def test_a_run_that_ended_early_can_be_continued(open_screen, kept, project_with_digits, state):
    run = finished(kept, project_with_digits, 2, state, say("Something went wrong.") if state.is_trouble else None)
    leave_checkpoint(kept, run)
    app = open_screen(PAGE)
    assert keys(app) == {"live_run_continue"}
    assert "Continue goes on from" in texts(app)
    app.button(key="live_run_continue").click().run()
    assert store.get(kept.database, run.id).state is RunState.QUEUED
    assert "Next in line" in app.progress[0].text


def test_pause_asks_the_run_to_pause_once(open_screen, kept, project_with_digits):
    run = running(kept, project_with_digits, epochs=1)
    app = open_screen(PAGE)
    app.button(key="live_run_pause").click().run()
    assert store.get(kept.database, run.id).pause_requested
    assert app.button(key="live_run_pause").label == "Pausing…"
    assert app.button(key="live_run_pause").disabled
    assert not app.button(key="live_run_stop").disabled
    assert "Pausing after the update" in app.progress[0].text


def test_a_paused_run_says_where_it_goes_on_and_continues_once(open_screen, kept, project_with_digits):
    run = paused(kept, project_with_digits)
    app = open_screen(PAGE)
    assert "Paused · Epoch 3 of 5 · update 6 of 15" in app.progress[0].text
    assert "Continue goes on from update 6, as if it had never stopped." in texts(app)
    control.go_on(kept.database, run.id)  # the first press, in another tab
    app.button(key="live_run_continue").click().run()
    assert [each.id for each in queue.waiting_runs(kept.database)] == [run.id]
    assert not app.error


def test_a_paused_run_is_stopped_at_once(open_screen, kept, project_with_digits):
    run = paused(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key="live_run_stop").click().run()
    assert store.get(kept.database, run.id).state is RunState.STOPPED


def test_start_says_that_a_paused_run_is_the_same(open_screen, kept, project_with_digits):
    paused(kept, project_with_digits)
    app = open_screen(PAGE)
    assert app.button(key="runs_start").disabled
    assert "Run 1 is exactly this, and it is paused" in texts(app)


def test_another_learning_rate_is_asked_for_and_listed_from_its_update_on(open_screen, kept, project_with_digits):
    run = running(kept, project_with_digits, epochs=3)
    app = open_screen(PAGE)
    assert "Now: **0.001**" in texts(app)
    app.number_input(key="learning_rate_control_field").set_value(0.0003).run()
    app.button(key="learning_rate_control_apply").click().run()
    assert "Learning rate by hand: 0.0003 asked for" in texts(app)
    report_applied(kept, run)
    assert "Learning rate by hand: 0.0003 from update 10" in texts(app.run())


def test_the_learning_rate_is_the_one_that_the_process_measured_last(open_screen, kept, project_with_digits):
    run = running(kept, project_with_digits, epochs=1)
    progress.report(kept.database, run.id, live=Live(learning_rate=0.00025))
    app = open_screen(PAGE)
    assert "Now: **0.00025**" in texts(app)
    assert app.number_input(key="learning_rate_control_field").value == 0.00025


def test_what_is_refused_is_said(open_screen, kept, project_with_digits):
    run = running(kept, project_with_digits, epochs=1)
    app = open_screen(PAGE)
    progress.finish(kept.database, run.id, RunState.COMPLETED)
    app.button(key="live_run_pause").click().run()
    assert "only a running run can be paused" in app.error[0].value
