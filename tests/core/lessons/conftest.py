"""A workspace, and sample sets of which a test takes in a few images only."""

from dataclasses import replace

import pytest

from core.dataset.sources import SAMPLES
from tests.core.runs.conftest import clock, database, upgraded_file, workspace

__all__ = ["clock", "database", "upgraded_file", "workspace"]

EVERY = 50


@pytest.fixture
def few_images(monkeypatch):
    """Every 50th image of the digits."""
    digits = SAMPLES["digits"]

    def members(folder):
        return (member for position, member in enumerate(digits.members(folder)) if position % EVERY == 0)

    monkeypatch.setitem(SAMPLES, "digits", replace(digits, images=digits.images // EVERY, members=members))
