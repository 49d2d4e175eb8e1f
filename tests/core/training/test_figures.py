import numpy as np

from core.training.figures import Figures


def test_a_mean_is_over_images_and_not_over_batches() -> None:
    first = Figures(np.array([1.0, 2.0]), np.array([0.5, 0.25]), np.array([4, 4]))
    last = Figures(np.array([10.0]), np.array([1.0]), np.array([1]))

    figures = Figures.joined([first, last])

    assert len(figures) == 3
    assert list(figures.per_batch()) == [(1.0, 0.5), (2.0, 0.25), (10.0, 1.0)]
    assert figures.means() == ((4 + 8 + 10) / 9, (2 + 1 + 1) / 9)
