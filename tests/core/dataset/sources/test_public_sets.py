"""Public sets as sources, from a file that is there already; fetching one is tested where Keras is."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.dataset.sources import PUBLIC_SETS, open_source, public_sets
from core.dataset.sources.source import Known
from core.errors import DatasetError
from core.message import say
from tests.core.dataset.builders import noise


@pytest.fixture
def downloads(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLAB_HOME", str(tmp_path))
    return tmp_path / "downloads"


def test_images_come_with_the_classes_and_the_parts_of_their_makers(downloads):
    x_train, x_test = noise(3 * 32, 32).reshape(3, 32, 32, 3), noise(32, 32, seed=1)[None]
    downloads.mkdir()
    np.savez(downloads / "cifar10.npz", x_train=x_train, y_train=[[3], [9], [3]], x_test=x_test, y_test=np.array([[0]]))
    source = open_source("cifar10")
    members = list(source.members())
    assert [(member.path, member.known) for member in members] == [
        ("train/cat/00000.png", Known("cat", part="train")),
        ("train/truck/00001.png", Known("truck", part="train")),
        ("train/cat/00002.png", Known("cat", part="train")),
        ("test/airplane/00000.png", Known("airplane", part="test")),
    ]
    read = [np.asarray(Image.open(io.BytesIO(member.read()))) for member in members]
    assert np.array_equal(read, [*x_train, *x_test])
    assert (source.name, source.files) == ("cifar10", 60_000)


def test_there_are_ten_classes_in_each():
    assert {len(set(public_set.class_names)) for public_set in PUBLIC_SETS.values()} == {10}


def stand_in(tmp_path: Path, program: str) -> str:
    (tmp_path / "stand_in.py").write_text(f"import sys, numpy\n{program}\n", encoding="utf-8")
    return "stand_in"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (f"print({say('The {thing} is away.', thing='network').to_json()!r}); sys.exit(1)", r"The network is away\."),
        ("sys.exit(3)", "Fashion-MNIST could not be fetched: the process that was to do it broke off"),
    ],
)
def test_what_the_process_says_is_what_the_person_reads(downloads, tmp_path, monkeypatch, program, reason):
    monkeypatch.setattr(public_sets, "_FETCH", stand_in(tmp_path, program))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DatasetError, match=reason):
        list(open_source("fashion_mnist").members())


def test_a_set_is_fetched_once(downloads, tmp_path, monkeypatch):
    program = (
        "numpy.savez(sys.argv[2], x_train=numpy.zeros((1, 28, 28), 'u1'), y_train=[9], "
        "x_test=numpy.zeros((0, 28, 28), 'u1'), y_test=[])"
    )
    monkeypatch.setattr(public_sets, "_FETCH", stand_in(tmp_path, program))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for _ in range(2):
        (member,) = list(open_source("fashion_mnist").members())
        assert member.known == Known("ankle boot", part="train")
        (tmp_path / "stand_in.py").unlink(missing_ok=True)
