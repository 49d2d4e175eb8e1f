"""When the answer of a lesson is looked for."""

from types import SimpleNamespace

import pandas as pd

from core.runs.states import SearchState
from ui.lessons import lesson_box


def test_a_search_that_failed_and_was_continued_is_answered_anew(monkeypatch):
    """The same search in the same state, after further work; looked at twice each time."""
    found = iter(["of the first attempt", "of the second attempt"])
    shown = []
    lesson = SimpleNamespace(answer=lambda evidence: evidence)
    monkeypatch.setattr(lesson_box, "LESSONS", {"capacity": lesson})
    monkeypatch.setattr(lesson_box, "session", SimpleNamespace(database=lambda: None, workspace=lambda: None))
    monkeypatch.setattr(lesson_box, "evidence", lambda *arguments: next(found))
    monkeypatch.setattr(lesson_box, "_show_question", lambda lesson, guess: None)
    monkeypatch.setattr(lesson_box, "_show_answer", lambda lesson, answer, guess: shown.append(answer))
    lesson_box._answer.clear()
    for worked_seconds in (10.0, 10.0, 25.0, 25.0):
        lesson_box.show(_failed(worked_seconds), pd.DataFrame())
    lesson_box._answer.clear()
    assert shown == ["of the first attempt"] * 2 + ["of the second attempt"] * 2


def _failed(worked_seconds: float) -> SimpleNamespace:
    return SimpleNamespace(
        id="search-1",
        lesson="capacity",
        guess=None,
        state=SearchState.FAILED,
        is_at_rest=True,
        worked_seconds=worked_seconds,
    )
