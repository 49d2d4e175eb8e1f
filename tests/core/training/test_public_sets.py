"""The loaders of Keras against a server on this computer that holds small files of the real formats."""

import gzip
import io
import pickle
import struct
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.errors import DatasetError
from core.message import Message
from tests.core.dataset.builders import noise

ROOT = Path(__file__).parents[3]
LABELS = {"train": [9, 0, 0, 9, 3, 3], "t10k": [9, 0]}
CLOSED = "http://127.0.0.1:1/sets"  # nobody may listen on port 1 without being root

UNCHECKED = """
import sys
from core.training import public_sets

def load(*arguments, checked=public_sets._load):
    from keras.src.utils import file_utils
    file_utils.validate_file = lambda *arguments, **options: True  # the stand-in is not what the checksum is of
    return checked(*arguments)

public_sets._load = load
sys.exit(public_sets.main())
"""


def images(part: str) -> np.ndarray:
    return noise(28 * len(LABELS[part]), 28, channels=1, seed=len(part)).reshape(-1, 28, 28)


def write_fashion_mnist(folder: Path) -> None:
    """The format: http://yann.lecun.com/exdb/mnist, big-endian sizes before the bytes."""
    for part, labels in LABELS.items():
        pixels = images(part)
        idx = struct.pack(">4i", 0x803, *pixels.shape) + pixels.tobytes()
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx))
        idx = struct.pack(">2i", 0x801, len(labels)) + bytes(labels)
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx))


def write_cifar10(folder: Path) -> None:
    """The format: https://www.cs.toronto.edu/~kriz/cifar.html, in a newer pickle.

    Image n of batch b is of class n % 10, and all its bytes are b.
    """
    with tarfile.open(folder / "cifar-10-python.tar.gz", "w:gz", compresslevel=1) as archive:
        for number, name in enumerate([*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"], start=1):
            batch = {b"data": np.full((10_000, 3_072), number, np.uint8), b"labels": [n % 10 for n in range(10_000)]}
            data = pickle.dumps(batch, protocol=4)
            entry = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing: the test says what matters."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLAB_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_fashion_mnist_becomes_a_dataset_with_the_parts_of_its_makers(workspace, tmp_path, monkeypatch):
    write_fashion_mnist(tmp_path)
    with served(tmp_path) as address:
        monkeypatch.setenv("LAYERLAB_DATASETS_URL", f"{address}/")
        dataset = take_in(open_source("fashion_mnist"), workspace / "datasets", lambda done, total: None)
    assert dataset.class_names == ("T-shirt", "ankle boot", "dress")
    assert dataset.images["given_part"].value_counts().to_dict() == {"train": 6, "test": 2}
    assert dataset.image_size.shape == (28, 28, 1)
    with np.load(workspace / "downloads" / "fashion_mnist.npz") as kept:
        assert np.array_equal(kept["x_train"], images("train"))
        assert np.array_equal(kept["y_test"], LABELS["t10k"])
    assert [path.name for path in (workspace / "downloads").iterdir()] == ["fashion_mnist.npz"]


def test_cifar_10_is_read_from_its_batches(tmp_path):
    write_cifar10(tmp_path)
    out = tmp_path / "cifar10.npz"
    with served(tmp_path) as address:
        fetched = run([sys.executable, "-c", UNCHECKED], "cifar10", out, address)
    assert fetched.returncode == 0, fetched.stderr
    with np.load(out) as arrays:
        assert arrays["x_train"].shape == (50_000, 32, 32, 3)
        assert np.array_equal(arrays["x_train"][[0, 9_999, 10_000, 49_999], 0, 0, 0], [1, 1, 2, 5])
        assert np.array_equal(arrays["y_train"][:12].ravel(), [*range(10), 0, 1])
        assert (arrays["x_test"].shape, arrays["x_test"].max()) == ((10_000, 32, 32, 3), 6)


def test_without_a_network_one_sentence_says_what_to_do(workspace, monkeypatch):
    monkeypatch.setenv("LAYERLAB_DATASETS_URL", CLOSED)
    with pytest.raises(DatasetError) as error:
        take_in(open_source("fashion_mnist"), workspace / "datasets", lambda done, total: None)
    sentence = str(error.value)
    assert f"could not be fetched from {CLOSED}. Connect this computer to the network" in sentence
    assert "LAYERLAB_DATASETS_URL" in sentence
    assert "zip archive" in sentence
    assert list((workspace / "downloads").iterdir()) == []
    assert list((workspace / "datasets").iterdir()) == []


def test_a_file_that_is_cut_off_is_not_kept(tmp_path):
    write_fashion_mnist(tmp_path)
    broken = tmp_path / "train-images-idx3-ubyte.gz"
    broken.write_bytes(broken.read_bytes()[:-900])
    out = tmp_path / "out" / "fashion_mnist.npz"
    out.parent.mkdir()
    with served(tmp_path) as address:
        fetched = run([sys.executable, "-m", "core.training.public_sets"], "fashion_mnist", out, address)
    assert fetched.returncode == 1
    assert address in str(Message.from_json(fetched.stdout))
    assert list(out.parent.iterdir()) == []


def run(command: list[str], name: str, out: Path, mirror: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "",
        "HOME": str(out.parents[1]),
        "LAYERLAB_DATASETS_URL": mirror,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    with subprocess.Popen(
        [*command, name, str(out)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        stdout, stderr = process.stdout.read(), process.stderr.read()
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)
