"""What holds for every test."""

import pytest
from hypothesis import settings

# No test asserts a time: a slow machine is no failure.
settings.register_profile("layerlab", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("layerlab")


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path, monkeypatch):
    """A test that opens the workspace of the environment gets one of its own, never the user's."""
    monkeypatch.setenv("LAYERLAB_HOME", str(tmp_path / "workspace"))
    monkeypatch.delenv("LAYERLAB_DATABASE_URL", raising=False)
