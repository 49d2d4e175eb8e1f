"""What holds for every test."""

import signal

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


@pytest.fixture
def listens_to_ctrl_c():
    """A process that was started in the background is deaf to Ctrl-C, and so are the tests in it and what they
    start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
