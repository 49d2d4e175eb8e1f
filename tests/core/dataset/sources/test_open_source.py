from pathlib import Path

import pytest

from core.dataset.limits import Limits
from core.dataset.sources import SAMPLES, open_source
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of, zip_of


def test_a_source_is_called_as_its_file_or_as_was_said(tmp_path):
    archive = zip_of(tmp_path / "my.pets.zip", TWO_CLASSES)
    assert open_source(archive).name == "my.pets"
    assert open_source(str(archive), "동물").name == "동물"
    assert open_source(folder_of(tmp_path / "pets", TWO_CLASSES)).name == "pets"


def test_a_path_that_is_called_as_a_sample_set_is_the_path(tmp_path, monkeypatch):
    folder_of(tmp_path / "digits", TWO_CLASSES)
    monkeypatch.chdir(tmp_path)
    assert open_source("./digits").files == 4
    assert open_source(Path("digits")).files == 4
    assert open_source("digits").files == SAMPLES["digits"].images


@pytest.mark.parametrize("data", ["nothing.zip", "no/folder", "mnist"])
def test_what_is_not_there_is_named_with_the_sample_sets_that_are(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatasetError) as error:
        open_source(data)
    assert f"There is no file, folder or sample set called {data}." in str(error.value)
    assert "digits, animals" in str(error.value)


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_too_many_files_are_refused(tmp_path, kind):
    data = zip_of(tmp_path / "a.zip", TWO_CLASSES) if kind == "zip" else folder_of(tmp_path / "a", TWO_CLASSES)
    with pytest.raises(DatasetError, match="a holds 4 files; at most 3 can be taken in"):
        open_source(data, limits=Limits(files=3))
