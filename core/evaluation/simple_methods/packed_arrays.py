"""Several arrays as bytes for a row of the database."""

import io
from collections.abc import Mapping

import numpy as np


def pack(arrays: Mapping[str, np.ndarray]) -> bytes:
    """An ``.npz`` with ``arrays`` by their names."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **dict(arrays))
    return file.getvalue()


def unpack(data: bytes) -> dict[str, np.ndarray]:
    """What `pack` packed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)
