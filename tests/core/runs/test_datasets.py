from dataclasses import replace

import pytest

from core.errors import DatasetError
from core.runs.datasets import dataset_summary, register_dataset


def test_a_dataset_is_summed_up_without_its_folder(database, dataset):
    register_dataset(database, replace(dataset, name="another name"))
    summary = dataset_summary(database, dataset.id)
    assert (summary.id, summary.name) == (dataset.id, "images")
    assert (summary.images, summary.refused, summary.class_names) == (20, 0, ("dogs", "고양이"))
    assert summary.image_size == dataset.image_size


def test_a_dataset_that_is_not_there_is_said(database):
    with pytest.raises(DatasetError, match="There is no dataset 1234"):
        dataset_summary(database, "1234")
