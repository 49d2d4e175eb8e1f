"""What widgets find around them where no screen is drawn."""

from typing import Any

import pytest
import streamlit


@pytest.fixture
def session_state(monkeypatch) -> dict[str, Any]:
    """What the session keeps: nothing at first."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", kept)
    return kept
