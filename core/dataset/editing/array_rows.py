"""Rows of image arrays, copied from file to file in pieces, so that memory does not grow with the dataset."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.dataset.array_file import read_array

PIECE_BYTES = 4 * 2**20


def stored_arrays(folder: Path) -> list[Path]:
    """The finished arrays of a dataset's folder, one for each size that was asked for."""
    return sorted(path for path in folder.glob("arrays/*.npy") if not path.name.startswith("."))


def write_rows(target: Path, sources: Sequence[Path], rows: np.ndarray) -> None:
    """Writes the given rows of ``sources`` (numbered as if these stood one below the other) as one array to ``target``.

    ``rows`` is of shape (images,). Nobody reads the folder of ``target`` yet.
    """
    shape = read_array(sources[0]).shape[1:]
    step = max(1, PIECE_BYTES // math.prod(shape))
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as file:
        header = {"descr": "|u1", "fortran_order": False, "shape": (len(rows), *shape)}
        np.lib.format.write_array_header_1_0(file, header)
        for begin in range(0, len(rows), step):
            file.write(_piece(sources, rows[begin : begin + step], shape).tobytes())


def _piece(sources: Sequence[Path], rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Files are mapped anew for each piece: pages that were read once would otherwise stay with the process."""
    piece = np.empty((len(rows), *shape), np.uint8)
    first = 0
    for source in sources:
        array = read_array(source)
        is_here = (first <= rows) & (rows < first + len(array))
        piece[is_here] = array[rows[is_here] - first]
        first += len(array)
    return piece
