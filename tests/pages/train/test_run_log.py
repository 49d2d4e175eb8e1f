"""The log of a run in the browser."""

from streamlit.testing.v1 import AppTest

from core.runs.run import Run
from core.runs.run_log import LAST_LINES, log_path
from tests.pages import worked_runs
from ui import run_log


def shown(run: Run, *, is_open: bool = True) -> AppTest:
    def script(run):
        from ui import run_log

        run_log.show(run)

    app = AppTest.from_function(script, kwargs={"run": run}, default_timeout=60)
    app.session_state["run_log"] = is_open
    app.run()
    assert not app.exception
    return app


def test_the_last_lines_are_shown_the_newest_last(kept, project_with_digits):
    run = worked_runs.finished(kept, project_with_digits)
    log_path(kept.workspace, run.id).write_text("".join(f"line {number}\n" for number in range(500)))
    app = shown(run)
    assert app.code[0].value.splitlines() == [f"line {number}" for number in range(500 - LAST_LINES, 500)]
    assert app.caption[0].value == f"The last {LAST_LINES} lines, newest last."
    assert app.get("download_button")


def test_a_short_log_is_shown_whole(kept, project_with_digits):
    run = worked_runs.finished(kept, project_with_digits)
    log_path(kept.workspace, run.id).write_text("Traceback (most recent call last):\nOSError: disk\n")
    app = shown(run)
    assert app.code[0].value == "Traceback (most recent call last):\nOSError: disk"
    assert app.caption[0].value == "2 lines, newest last."


def test_an_empty_log_and_one_that_has_not_begun_are_told(kept, project_with_digits):
    run = worked_runs.queued(kept, project_with_digits)
    assert shown(run).caption[0].value == "There is no log yet: it begins with the process of the run."
    log_path(kept.workspace, run.id).touch()
    assert shown(run).caption[0].value.startswith("Nothing is written in it")


def test_a_log_that_is_closed_is_not_read(kept, project_with_digits, monkeypatch):
    monkeypatch.setattr(run_log, "tail", None)
    app = shown(worked_runs.finished(kept, project_with_digits), is_open=False)
    assert not app.code
    assert not app.caption
