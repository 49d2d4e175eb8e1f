import numpy as np
import pytest

from core.dataset.editing import array_rows
from core.dataset.editing.array_rows import stored_arrays, write_rows


@pytest.mark.parametrize("piece_bytes", [1, 12, 40, 10_000])
def test_rows_of_several_arrays_are_copied_in_any_order_and_in_pieces(tmp_path, monkeypatch, piece_bytes):
    monkeypatch.setattr(array_rows, "PIECE_BYTES", piece_bytes)
    one, other = (np.random.default_rng(seed).integers(0, 256, (9, 2, 3, 1), dtype=np.uint8) for seed in (0, 1))
    np.save(tmp_path / "one.npy", one)
    np.save(tmp_path / "other.npy", other)
    rows = np.array([17, 0, 8, 9, 3, 3, 12])
    write_rows(tmp_path / "arrays" / "both.npy", [tmp_path / "one.npy", tmp_path / "other.npy"], rows)
    written = np.load(tmp_path / "arrays" / "both.npy")
    assert written.dtype == np.uint8
    assert np.array_equal(written, np.concatenate([one, other])[rows])


def test_an_array_that_is_being_written_is_not_there_yet(tmp_path):
    (tmp_path / "arrays").mkdir()
    for name in ("28x28x1.npy", ".f00.npy", "4x4x3.npy"):
        (tmp_path / "arrays" / name).touch()
    assert [path.name for path in stored_arrays(tmp_path)] == ["28x28x1.npy", "4x4x3.npy"]
