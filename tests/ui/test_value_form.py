import pytest

from core.augmentation.random_zoom import RandomZoom
from core.objective import Adam
from core.objective.optimizers import AdamW
from ui.value_form import _bounds

BOUNDS = [
    (Adam, "learning_rate", (1e-9, 100)),
    (Adam, "weight_decay", (0, 1)),
    (Adam, "clipnorm", (1e-9, 1e6)),
    (AdamW, "weight_decay", (0, 1)),
    (RandomZoom, "height_factor", (0, 1 - 1e-6)),
]


@pytest.mark.parametrize(("kind", "name", "expected"), BOUNDS)
def test_bounds_are_found_also_of_a_value_that_may_be_none(kind, name, expected):
    assert _bounds(kind.model_fields[name]) == pytest.approx(expected)
