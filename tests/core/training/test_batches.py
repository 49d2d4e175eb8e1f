import numpy as np
import pytest

from core.training.batches import Pace, chunks, shuffled


def test_an_epoch_takes_every_image_once() -> None:
    assert sorted(shuffled(seed=3, epoch=2, images=50).tolist()) == list(range(50))


def test_the_order_of_an_epoch_can_be_made_again_and_is_no_other_epochs() -> None:
    orders = {(seed, epoch): tuple(shuffled(seed, epoch, 50)) for seed in (0, 1) for epoch in (1, 2)}

    assert len(set(orders.values())) == 4
    assert tuple(shuffled(1, 2, 50)) == orders[1, 2]


@pytest.mark.parametrize(
    ("images", "batch_size", "at_once", "shapes"),
    [
        (12, 4, 2, [(2, 4), (1, 4)]),
        (12, 4, 99, [(3, 4)]),
        (14, 4, 2, [(2, 4), (1, 4), (1, 2)]),
        (3, 4, 2, [(1, 3)]),
        (4, 1, 3, [(3, 1), (1, 1)]),
    ],
)
def test_chunks_hold_every_batch_and_the_smaller_one_last(images, batch_size, at_once, shapes) -> None:
    pace = Pace(seconds=1)
    pace.learn(batches=at_once, seconds=1)

    matrices = list(chunks(np.arange(images), batch_size, pace))

    assert [matrix.shape for matrix in matrices] == shapes
    assert np.concatenate([matrix.ravel() for matrix in matrices]).tolist() == list(range(images))


@pytest.mark.parametrize(("batches", "seconds", "next_batches"), [(1, 0.01, 25), (50, 1.0, 12), (1, 3.0, 1)])
def test_the_next_chunk_takes_about_the_time_that_is_wanted(batches, seconds, next_batches) -> None:
    pace = Pace(seconds=0.25)
    assert pace.batches == 1

    pace.learn(batches, seconds)

    assert pace.batches == next_batches
