import pytest

from core.interval import wilson

# statsmodels 0.14, proportion_confint(right, images, method="wilson").
INTERVALS = [
    (90, 100, (0.8256343384950865, 0.9447708629393249)),
    (180, 200, (0.8505941875672826, 0.9343295513309041)),
    (950, 1_000, (0.9346861797557492, 0.9618697376072513)),
    (0, 10, (0.0, 0.27753279986288926)),
    (10, 10, (0.7224672001371106, 1.0)),
]


@pytest.mark.parametrize(("right", "images", "expected"), INTERVALS)
def test_the_interval_of_an_accuracy_is_wilsons(right: int, images: int, expected: tuple[float, float]) -> None:
    assert wilson(right, images) == pytest.approx(expected, abs=1e-9)
