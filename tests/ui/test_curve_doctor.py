from pathlib import Path

from core.doctor import Control
from ui.curve_doctor import PLACES

ROOT = Path(__file__).parents[2]


def test_every_control_is_changed_on_a_screen_that_there_is():
    assert set(PLACES) == set(Control)
    assert all((ROOT / place.page).is_file() for place in PLACES.values())
