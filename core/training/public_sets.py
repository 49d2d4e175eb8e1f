"""The process that fetches a public set by Keras: ``python -m core.training.public_sets NAME OUT.npz``.

It ends when its standard input is closed. What went wrong stands on standard output, as a message in JSON.
"""

import argparse
import contextlib
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.dataset.sources.public_sets import PUBLIC_SETS
from core.errors import DatasetError
from core.message import say

MIRROR = "LAYERLAB_DATASETS_URL"
_SILENCE_SECONDS = 30


@dataclass(frozen=True)
class _Files:
    """Where Keras looks for a set before it fetches it: below its home, in ``folder``; by the name at the address, the
    name there. See ``load_data`` of each in https://github.com/keras-team/keras/tree/master/keras/src/datasets."""

    folder: str
    names: Mapping[str, str]


_FASHION_MNIST = (f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("labels-idx1", "images-idx3"))
_FILES: Mapping[str, _Files] = {
    "fashion_mnist": _Files("datasets/fashion-mnist", {name: name for name in _FASHION_MNIST}),
    "cifar10": _Files("datasets", {"cifar-10-python.tar.gz": "cifar-10-batches-py-target_archive"}),
}


def fetch(name: str, out: Path, mirror: str = "") -> None:
    """Writes the arrays x_train, y_train, x_test, y_test of the set ``name`` to ``out``.

    ``mirror`` is the address of a folder that holds the same files as the original. Raises DatasetError if they cannot
    be had. ``out`` is there only when it is complete.
    """
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=out.parent) as home:
        os.environ["KERAS_HOME"] = home  # read when Keras is imported; what was cut off never gets into a cache
        (x_train, y_train), (x_test, y_test) = _load(name, Path(home), mirror)
        unfinished = Path(home, out.name)
        np.savez(unfinished, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
        unfinished.replace(out)


def _load(name: str, home: Path, mirror: str) -> Sequence[tuple[np.ndarray, np.ndarray]]:
    import keras

    try:
        if mirror:
            _fetch_from(mirror, _FILES[name], home)
        return getattr(keras.datasets, name).load_data()
    except Exception as error:  # Keras raises Exception itself where there is no network
        print(f"{name}: {error}", file=sys.stderr)  # noqa: T201 (the log is for whoever keeps the server)
        raise _not_fetched(name, mirror) from error


def _fetch_from(mirror: str, files: _Files, home: Path) -> None:
    """Puts the files where Keras finds them."""
    import keras

    for name, kept_as in files.names.items():
        origin = f"{mirror.rstrip('/')}/{name}"
        keras.utils.get_file(kept_as, origin, cache_dir=str(home), cache_subdir=files.folder)


def _not_fetched(name: str, mirror: str) -> DatasetError:
    public_set = PUBLIC_SETS[name]
    return DatasetError(
        say(
            "{title} could not be fetched from {address}. Connect this computer to the network, let {variable} name a "
            "mirror that can be reached, or take a zip archive of images instead.",
            title=public_set.title,
            address=mirror or public_set.address,
            variable=MIRROR,
        )
    )


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


def main() -> int:
    """0 when the file was written, 1 when it could not be fetched, or nobody waits for it any longer."""
    parser = argparse.ArgumentParser(prog="python -m core.training.public_sets", description="Fetches a public set.")
    parser.add_argument("name", choices=PUBLIC_SETS)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # cleans up, also where SIGINT was ignored
    threading.Thread(target=_end_with_parent, daemon=True).start()
    socket.setdefaulttimeout(_SILENCE_SECONDS)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # Keras draws its progress on standard output
            fetch(arguments.name, arguments.out, os.environ.get(MIRROR, ""))
    except DatasetError as error:
        print(error.message.to_json())  # noqa: T201 (whoever started the process reads it)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
