"""The weights that a net had after epochs of its training, as the run's folder keeps them.

``epochs/00003.npz`` holds those after the third epoch, by name: the place of the layer and Keras's name of the weight,
``0/kernel`` or, inside a Residual, ``4.1/kernel``; ``4.projection/kernel`` is that which brings its input to the shape
of its output. They stand in the order of Keras's ``model.get_weights()``.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.lib.npyio import NpzFile

from core.architecture import Place
from core.errors import RunError
from core.message import say

FOLDER = "epochs"
"""The folder within that of a run."""

_KERNELS = ("kernel", "depthwise_kernel")


def epoch_file(folder: Path, epoch: int) -> Path:
    """Where the weights after ``epoch``, from 1, are kept in the ``folder`` of a run."""
    return folder / FOLDER / f"{epoch:05d}.npz"


def kept_epochs(folder: Path) -> list[int]:
    """The epochs, ascending, whose weights the ``folder`` of a run has; none for a run from before they were kept."""
    return sorted(int(path.stem) for path in (folder / FOLDER).glob("[0-9]*.npz"))


def weights_of(folder: Path, epoch: int) -> dict[str, np.ndarray]:
    """All weights after ``epoch``, float32, by name. RunError where they are not kept, or the file is damaged."""
    with _opened(folder, epoch) as arrays:
        return {name: arrays[name] for name in arrays.files}


def kernel_of(folder: Path, epoch: int, place: Place) -> np.ndarray | None:
    """The kernel after ``epoch`` of the layer at ``place``, which alone is read; None where that has none. RunError as
    above.

    Of a convolution it is (height, width, channels, filters); of one that filters each channel by itself, (height,
    width, channels, filters per channel); of a Dense, (inputs, units).
    """
    layer = ".".join(map(str, place))
    with _opened(folder, epoch) as arrays:
        names = (f"{layer}/{kernel}" for kernel in _KERNELS)
        return next((arrays[name] for name in names if name in arrays.files), None)


@contextmanager
def _opened(folder: Path, epoch: int) -> Iterator[NpzFile]:
    """The weights after ``epoch``, each read when it is asked for by its name."""
    path = epoch_file(folder, epoch)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            yield arrays
    except FileNotFoundError as error:
        raise RunError(
            say("The weights of epoch {epoch} are not kept any more. Choose another epoch.", epoch=epoch)
        ) from error
    except (OSError, EOFError, ValueError, zipfile.BadZipFile) as error:
        raise RunError(
            say(
                "The weights of epoch {epoch} cannot be read: {path} is damaged ({reason}). Choose another epoch.",
                epoch=epoch,
                path=str(path),
                reason=str(error),
            )
        ) from error
