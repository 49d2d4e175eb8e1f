"""Images of several classes that wait on the disk until all are there: a dataset of one class cannot be."""

import csv
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from core.dataset.editing.class_name import checked_class_name
from core.dataset.sources import LabelColumns, with_columns
from core.errors import DatasetError
from core.message import say
from core.workspace import Workspace
from ui.uploads import Upload, spool_file


@dataclass(frozen=True)
class ClassCollection:
    """A folder under ``uploads/`` of the workspace with one folder per class. It outlives the session, and is deleted
    when it is taken in."""

    folder: Path

    @classmethod
    def of_project(cls, workspace: Workspace, project_id: str) -> Self:
        """What was collected for a project so far."""
        return cls(workspace.collection(project_id))

    def counts(self) -> dict[str, int]:
        """The number of files in each class, by its name, sorted."""
        if not self.folder.is_dir():
            return {}
        classes = sorted(path for path in self.folder.iterdir() if path.is_dir())
        return {path.name: sum(1 for _ in path.iterdir()) for path in classes}

    def add(self, class_name: str, uploads: Sequence[Upload]) -> None:
        """Writes ``uploads`` into a class, which need not have been there. Raises DatasetError for a bad name."""
        class_name = checked_class_name(class_name)
        if class_name.startswith("."):  # systems hide such folders, and so the intake passes them over
            raise DatasetError(
                say("A class cannot be called {class_name}: the name begins with a dot.", class_name=class_name)
            )
        folder = self.folder / class_name
        folder.mkdir(parents=True, exist_ok=True)
        for upload in uploads:
            spool_file(upload, _free_path(folder, upload.name))

    def remove(self, class_name: str) -> None:
        """Deletes a class that `counts` names; otherwise nothing happens."""
        if class_name in self.counts():
            shutil.rmtree(self.folder / class_name)

    def source(self) -> str:
        """The collection as a source for an intake. A table says which class each file has, so that folders called
        train and test are classes too."""
        for old in self.folder.glob("*.csv"):
            if old.is_file():
                old.unlink()
        table = self.folder / f"classes-{secrets.token_hex(4)}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["file", "label"])
            rows.writerows((path.relative_to(self.folder), path.parent.name) for path in self.folder.glob("*/*"))
        return with_columns(table, LabelColumns("file", "label"))


def _free_path(folder: Path, name: str) -> Path:
    """``name`` without folders, in ``folder``; with a number behind it where it is taken."""
    own = PurePosixPath(name.replace("\\", "/"))
    path, number = folder / (own.name or "image"), 1
    while path.exists():
        number += 1
        path = folder / f"{own.stem} ({number}){own.suffix}"
    return path
