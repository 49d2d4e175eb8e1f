"""What can be saved of a run: offered by buttons that make nothing before they are pressed."""

from io import BytesIO, StringIO
from threading import Thread
from zipfile import ZipFile

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.runs.run import Run
from tests.pages import worked_runs
from ui import curve_picture, session


def export(run: Run) -> AppTest:
    def script(run):
        from ui import curve_export

        curve_export.show(run)

    return AppTest.from_function(script, kwargs={"run": run}, default_timeout=60)


@pytest.fixture
def offered(monkeypatch, project_with_digits) -> dict:
    """What makes each file, by the file's name: a browser would ask for it."""
    files = {}

    def keep(label, data, file_name, **arguments):
        files[file_name] = data

    monkeypatch.setattr(st, "download_button", keep)
    monkeypatch.setattr(session, "project", lambda: project_with_digits)
    return files


def made_elsewhere(make) -> bytes | str:
    """As Streamlit calls it: in a thread that knows no session."""
    made = []
    thread = Thread(target=lambda: made.append(make()))
    thread.start()
    thread.join()
    return made[0]


def opened(run: Run) -> AppTest:
    app = export(run)
    app.session_state["curve_export"] = True
    app.run()
    assert not app.exception
    return app


def test_nothing_is_offered_before_the_first_update(kept, project_with_digits):
    app = export(worked_runs.running(kept, project_with_digits)).run()
    assert app.get("popover")[0].proto.popover.disabled


def test_nothing_is_made_before_it_is_asked_for(kept, project_with_digits, offered, monkeypatch):
    monkeypatch.setattr(curve_picture, "png", None)
    monkeypatch.setattr(curve_picture, "svg", None)
    run = worked_runs.finished(kept, project_with_digits)
    export(run).run()
    assert offered == {}
    opened(run)
    assert set(offered) == {
        "run-1-curves.png",
        "run-1-curves.svg",
        "run-1-epochs.csv",
        "run-1-updates.csv",
        "run-1-tensorboard.zip",
    }


def test_the_pictures_tell_of_the_run_as_it_is_when_they_are_asked_for(kept, project_with_digits, offered):
    run = worked_runs.finished(kept, project_with_digits, epochs=2, kept_epoch=2)
    opened(run)
    svg = made_elsewhere(offered["run-1-curves.svg"])
    assert f"{project_with_digits.name} · run 1" in svg
    assert "dashed: kept, epoch 2" in svg
    assert made_elsewhere(offered["run-1-curves.png"]).startswith(b"\x89PNG")


def test_the_tables_hold_all_that_was_measured(kept, project_with_digits, offered):
    opened(worked_runs.finished(kept, project_with_digits, epochs=2))
    epochs = pd.read_csv(StringIO(made_elsewhere(offered["run-1-epochs.csv"]).decode()))
    updates = pd.read_csv(StringIO(made_elsewhere(offered["run-1-updates.csv"]).decode()))
    assert epochs["val_accuracy"].tolist() == [0.5, 0.9]
    assert len(updates) == 2 * worked_runs.STEPS_PER_EPOCH


def test_event_files_come_with_how_to_open_them(kept, project_with_digits, offered):
    app = opened(worked_runs.finished(kept, project_with_digits))
    with ZipFile(BytesIO(made_elsewhere(offered["run-1-tensorboard.zip"]))) as archive:
        assert {name.split("/")[1] for name in archive.namelist()} == {"train", "validation"}
    assert "`tensorboard --logdir run-1`" in app.caption[-1].value
