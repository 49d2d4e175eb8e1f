import numpy as np
import pytest
from numpy.lib import npyio

from core.errors import RunError
from core.runs.epoch_weights import epoch_file, kept_epochs, kernel_of, weights_of

WEIGHTS = {
    "0/kernel": np.ones((3, 3, 1, 4), np.float32),
    "0/bias": np.zeros(4, np.float32),
    "2.1/depthwise_kernel": np.ones((3, 3, 4, 1), np.float32),
    "2.projection/kernel": np.ones((1, 1, 4, 2), np.float32),
    "11/kernel": np.ones((8, 3), np.float32),
}
READERS = [weights_of, lambda folder, epoch: kernel_of(folder, epoch, (0,))]


@pytest.fixture
def folder(tmp_path):
    """That of a run which has kept two epochs and was ended while it wrote another one."""
    for epoch in (12, 3):
        path = epoch_file(tmp_path, epoch)
        path.parent.mkdir(exist_ok=True)
        np.savez(path, **{name: epoch * array for name, array in WEIGHTS.items()})
    (tmp_path / "epochs" / ".unfinished-00013.npz").write_bytes(b"PK")
    return tmp_path


def test_kept_epochs_ascend_and_unfinished_ones_are_none(folder, tmp_path):
    assert kept_epochs(folder) == [3, 12]
    assert kept_epochs(tmp_path / "older") == []
    assert epoch_file(folder, 3) == folder / "epochs" / "00003.npz"


def test_weights_are_read_by_name_in_their_order(folder):
    weights = weights_of(folder, 3)
    assert list(weights) == list(WEIGHTS)
    for name, array in weights.items():
        np.testing.assert_array_equal(array, 3 * WEIGHTS[name], strict=True)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((0,), "0/kernel"),
        ((2, 1), "2.1/depthwise_kernel"),
        ((11,), "11/kernel"),
        ((1,), None),
        ((2,), None),
    ],
)
def test_the_kernel_of_a_layer_is_all_that_is_read(folder, monkeypatch, place, name):
    read, whole = [], npyio.NpzFile.__getitem__
    monkeypatch.setattr(npyio.NpzFile, "__getitem__", lambda file, key: (read.append(key), whole(file, key))[1])
    kernel = kernel_of(folder, 12, place)
    assert read == ([] if name is None else [name])
    if name is None:
        assert kernel is None
    else:
        np.testing.assert_array_equal(kernel, 12 * WEIGHTS[name], strict=True)


@pytest.mark.parametrize("read", READERS)
def test_an_epoch_that_is_not_kept_is_told(folder, read):
    with pytest.raises(RunError, match="weights of epoch 4 are not kept any more"):
        read(folder, 4)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half of it"])
@pytest.mark.parametrize("read", READERS)
def test_a_damaged_file_is_told(folder, content, read):
    epoch_file(folder, 3).write_bytes(content)
    with pytest.raises(RunError, match=r"weights of epoch 3 cannot be read: .*00003\.npz is damaged"):
        read(folder, 3)
