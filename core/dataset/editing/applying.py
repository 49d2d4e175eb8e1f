"""From a dataset and an edit to another dataset, without decoding an image."""

from pathlib import Path

import numpy as np
import pandas as pd

from core.dataset.editing.array_rows import stored_arrays, write_rows
from core.dataset.editing.edit import Edit
from core.dataset.editing.labelling import class_names_of, labelled
from core.dataset.editing.originals import link_or_copy, link_originals
from core.dataset.manifest import Manifest
from core.dataset.store import Dataset, load
from core.dataset.unfinished import publish, unfinished_folder
from core.errors import DatasetError
from core.message import say


def apply(edit: Edit, dataset: Dataset, datasets: Path) -> Dataset:
    """``dataset`` after ``edit``, as a dataset of its own in the folder ``datasets``; ``dataset`` stays as it is.

    Edits that lead to the same images, classes and numbers lead to the same dataset. What was refused at intake stays
    in the table of refused files. Raises DatasetError where the edit cannot be made, or would leave no image or fewer
    than two classes; then, and when the process is killed, ``datasets`` holds no half of one.
    """
    kept = edit.images(dataset)
    _check_what_is_left(dataset, kept)
    manifest = _manifest(dataset, kept)
    target = datasets / manifest.id
    if not target.is_dir():
        _write(dataset, manifest, kept.index.to_numpy(), target)
    return load(datasets, target.name)


def _check_what_is_left(dataset: Dataset, kept: pd.DataFrame) -> None:
    if kept.empty:
        raise DatasetError(say("No image of {name} would be left. Keep at least one.", name=dataset.name))
    class_names = class_names_of(kept)
    if len(class_names) == 1:
        raise DatasetError(
            say(
                "Only the class {class_name} would be left in {name}. A classifier needs at least two.",
                class_name=class_names[0],
                name=dataset.name,
            )
        )
    values = set(kept["value"]) if dataset.predicts_numbers else set()
    if len(values) == 1:
        raise DatasetError(
            say(
                "All images of {name} would have the same number, {value:g}, and there would be nothing to predict. "
                "Keep images whose numbers differ.",
                name=dataset.name,
                value=values.pop(),
            )
        )


def _manifest(dataset: Dataset, kept: pd.DataFrame) -> Manifest:
    return Manifest(
        name=dataset.name,
        class_names=class_names_of(kept),
        image_size=dataset.image_size,
        images=labelled(kept).reset_index(drop=True),
        refused=dataset.refused,
    )


def _write(dataset: Dataset, manifest: Manifest, rows: np.ndarray, target: Path) -> None:
    with unfinished_folder(target.parent) as folder:
        link_originals(manifest.images, dataset.folder, folder)
        _keep_arrays(dataset, rows, folder)
        publish(folder, manifest, target)


def _keep_arrays(dataset: Dataset, rows: np.ndarray, folder: Path) -> None:
    (folder / "arrays").mkdir()
    for array in stored_arrays(dataset.folder):
        target = folder / "arrays" / array.name
        if len(rows) == len(dataset.images):  # the pixels are the same, so the files may be one
            link_or_copy(array, target)
        else:
            write_rows(target, [array], rows)
