"""From a source to a dataset: every file is read once, every image decoded once, every refusal has its reason."""

import hashlib
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.dataset.array_file import write_array
from core.dataset.class_folders import class_folders
from core.dataset.decode import decode, to_array
from core.dataset.image_file import Header, read_header
from core.dataset.image_size import ImageSize
from core.dataset.manifest import Manifest, images_table, refused_table, write_manifest
from core.dataset.progress import Progress, Report
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.source import Member, Source
from core.dataset.store import Dataset, array_path, load, original_path
from core.dataset.suggestion import suggested_size
from core.errors import DatasetError
from core.message import Message, say

_UNFINISHED = ".intake-"
_ABANDONED_AFTER_SECONDS = 24 * 60 * 60


def take_in(source: Source, datasets: Path, report: Report) -> Dataset:
    """The images of ``source`` as a dataset in the folder ``datasets``; if one with this content is there, that one.

    ``report(done, total)`` is called with numbers of files, at most ten times a second. Raises DatasetError if no
    dataset can be made; then, and when the process is killed, ``datasets`` holds no half of one. What a killed intake
    leaves behind is removed by the first intake a day later.
    """
    datasets.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(datasets)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=datasets) as unfinished:
        folder = Path(unfinished) / "dataset"
        folder.mkdir()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="PIL")  # it grumbles about broken notes in images that are fine
            manifest = _Intake(source, folder, Progress(report, source.files)).run()
        write_manifest(folder, manifest)
        _publish(folder, datasets / manifest.id)
    return load(datasets, manifest.id)


@dataclass(frozen=True)
class _Candidate:
    """A file that looks like an image, before its pixels are decoded."""

    path: str
    content_hash: str
    bytes: int
    header: Header


@dataclass
class _Intake:
    source: Source
    folder: Path
    progress: Progress
    refusals: list[tuple[str, Message]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)

    def run(self) -> Manifest:
        candidates = sorted(self._candidates(), key=lambda candidate: candidate.path)
        in_classes = self._in_classes(candidates)
        image_size = self._write_pixels(in_classes)
        self.progress.finish()
        class_names = self._class_names()
        self._remove_unused_originals()
        return Manifest(
            name=self.source.name,
            class_names=class_names,
            image_size=image_size,
            images=images_table(self.rows, class_names),
            refused=refused_table(self.refusals),
        )

    def _candidates(self) -> Iterator[_Candidate]:
        """Reads every member and keeps the originals of those that look like images."""
        taken: set[str] = set()
        total_bytes = 0
        for member in self.source.members():
            try:
                data = _read_new(member, taken)
                total_bytes += len(data)
                self.source.limits.check_bytes(self.source.name, total_bytes)
                header = read_header(data, member.path)
            except RefusedFileError as refused:
                self.refusals.append((member.path, refused.message))
            else:
                yield _Candidate(member.path, self._keep_original(data, header), len(data), header)
            self.progress.step()

    def _keep_original(self, data: bytes, header: Header) -> str:
        content_hash = hashlib.sha256(data).hexdigest()
        path = original_path(self.folder, content_hash, header.format)
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
        path.write_bytes(data)
        return content_hash

    def _in_classes(self, candidates: list[_Candidate]) -> list[tuple[_Candidate, str]]:
        found = zip(candidates, class_folders([candidate.path for candidate in candidates]), strict=True)
        in_classes = []
        for candidate, class_name in found:
            if class_name is None:
                self.refusals.append((candidate.path, _without_class()))
            else:
                in_classes.append((candidate, class_name))
        return in_classes

    def _write_pixels(self, in_classes: list[tuple[_Candidate, str]]) -> ImageSize:
        """Decodes the images into an array of the suggested size, which is returned."""
        expected = suggested_size([candidate.header for candidate, _ in in_classes])
        array = array_path(self.folder, expected)
        write_array(array, expected, len(in_classes), self._decoded(in_classes, expected))
        image_size = suggested_size(self.headers)
        if (
            image_size != expected
        ):  # an image that proved to be damaged had the say: `pixels` makes the array when asked
            array.unlink()
        return image_size

    def _decoded(self, in_classes: list[tuple[_Candidate, str]], image_size: ImageSize) -> Iterator[np.ndarray]:
        for candidate, class_name in in_classes:
            original = original_path(self.folder, candidate.content_hash, candidate.header.format)
            try:
                image = decode(original.read_bytes(), candidate.path)
            except RefusedFileError as refused:
                self.refusals.append((candidate.path, refused.message))
            else:
                self.headers.append(candidate.header)
                self.rows.append(_row(candidate, class_name, image))
                yield to_array(image, image_size)
            self.progress.step()

    def _class_names(self) -> tuple[str, ...]:
        """Raises DatasetError if the images are not of two classes at least."""
        class_names = tuple(sorted({row["class_name"] for row in self.rows}))
        if not class_names:
            raise DatasetError(self._nothing_usable())
        if len(class_names) == 1:
            raise DatasetError(
                say(
                    "All images in {name} are in one class, {class_name}. A classifier needs at least two: make one "
                    "folder of images per class.",
                    name=self.source.name,
                    class_name=class_names[0],
                )
            )
        return class_names

    def _nothing_usable(self) -> Message:
        path, reason = min(self.refusals, key=lambda refusal: refusal[0])
        return say(
            "None of the {count:,} files in {name} can be used. The first, {path}: {reason}",
            count=len(self.refusals),
            name=self.source.name,
            path=path,
            reason=reason,
        )

    def _remove_unused_originals(self) -> None:
        """Those of images that were refused only after a look at their folder or their pixels."""
        used = {row["content_hash"] for row in self.rows}
        for original in self.folder.glob("originals/*/*"):
            if original.stem not in used:
                original.unlink()


def _read_new(member: Member, taken: set[str]) -> bytes:
    """The bytes of a member whose path was not ``taken``; now it is. Raises RefusedFileError."""
    data = member.read()
    if member.path in taken:
        raise RefusedFileError(
            say("Another file has the same name; the first is used. Give every file a name of its own.")
        )
    taken.add(member.path)
    return data


def _without_class() -> Message:
    return say("The image is in no class folder. Put it into the folder of its class.")


def _row(candidate: _Candidate, class_name: str, image: Image.Image) -> dict[str, Any]:
    width, height = image.size
    return {
        "path": candidate.path,
        "class_name": class_name,
        "width": width,
        "height": height,
        "mode": candidate.header.mode,
        "bytes": candidate.bytes,
        "content_hash": candidate.content_hash,
        "pixel_hash": _pixel_hash(image),
        "format": candidate.header.format,
    }


def _pixel_hash(image: Image.Image) -> str:
    """Equal for files that hold the same picture, whatever their format."""
    digest = hashlib.sha256(f"{image.mode} {image.width} × {image.height}\n".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()


def _publish(folder: Path, target: Path) -> None:
    """Gives the finished folder its name, unless the dataset is there already."""
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _remove_abandoned(datasets: Path) -> None:
    now = time.time()
    for folder in datasets.glob(f"{_UNFINISHED}*"):
        if now - folder.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
