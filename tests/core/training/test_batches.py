import numpy as np
import pytest

from core.training.batches import Pace, chunks, read_ahead, shuffled


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


@pytest.mark.parametrize(("images", "done", "left"), [(14, 0, 14), (14, 2, 6), (14, 3, 2), (14, 4, 0), (12, 3, 0)])
def test_batches_that_are_done_are_left_out(images, done, left) -> None:
    pace = Pace(seconds=1)

    positions = [position for matrix in chunks(np.arange(images), 4, pace, done) for position in matrix.ravel()]

    assert positions == list(range(images - left, images))


def test_what_is_read_ahead_comes_in_order_and_its_errors_too() -> None:
    assert list(read_ahead(iter(range(5)))) == list(range(5))
    with pytest.raises(ZeroDivisionError):
        list(read_ahead(1 // number for number in (1, 0)))


@pytest.mark.parametrize(("batches", "seconds", "next_batches"), [(1, 0.01, 25), (50, 1.0, 12), (1, 3.0, 1)])
def test_the_next_chunk_takes_about_the_time_that_is_wanted(batches, seconds, next_batches) -> None:
    pace = Pace(seconds=0.25)
    assert pace.batches == 1

    pace.learn(batches, seconds)

    assert pace.batches == next_batches


def test_a_chunk_is_never_longer_than_the_most_batches() -> None:
    pace = Pace(seconds=0.25, most_batches=3)

    pace.learn(batches=1, seconds=0.001)

    assert pace.batches == 3


@pytest.mark.parametrize(
    ("images", "done", "left"),
    [
        (14, 0, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13]]),
        (14, 2, [[8, 9, 10, 11], [12, 13]]),
        (14, 3, [[12, 13]]),
        (14, 4, []),
        (12, 3, []),
    ],
)
def test_batches_that_were_done_are_left_out(images, done, left) -> None:
    matrices = chunks(np.arange(images), 4, Pace(seconds=0), done)

    assert [batch for matrix in matrices for batch in matrix.tolist()] == left


def test_reading_ahead_gives_the_same_items_and_the_same_errors() -> None:
    def items():
        yield from (1, 2)
        raise OSError("the disk is gone")

    read = read_ahead(items())

    assert [next(read), next(read)] == [1, 2]
    with pytest.raises(OSError, match="the disk is gone"):
        next(read)
