import numpy as np

from core.training.figures import Figures

NAMES = ("loss", "accuracy")


def test_a_mean_is_over_images_and_not_over_batches() -> None:
    first = Figures(NAMES, np.array([[1.0, 0.5], [2.0, 0.25]], np.float32), np.array([4, 4]))
    last = Figures(NAMES, np.array([[10.0, 1.0]], np.float32), np.array([1]))

    figures = Figures.none(NAMES).followed_by([first, last])

    assert len(figures) == 3
    assert list(figures.per_batch()) == [
        {"loss": 1.0, "accuracy": 0.5},
        {"loss": 2.0, "accuracy": 0.25},
        {"loss": 10.0, "accuracy": 1.0},
    ]
    assert figures.column("loss").tolist() == [1.0, 2.0, 10.0]
    assert figures.means() == {"loss": (4 + 8 + 10) / 9, "accuracy": (2 + 1 + 1) / 9}
