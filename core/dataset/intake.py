"""From a source to a dataset: every file is read once, every image decoded once, every refusal has its reason."""

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.dataset.array_file import write_array
from core.dataset.decode import decode, to_array
from core.dataset.editing.adding import join
from core.dataset.image_file import Header
from core.dataset.image_size import ImageSize
from core.dataset.manifest import Manifest, images_table, refused_table
from core.dataset.metadata import Stored, read_file
from core.dataset.pixel_rows import PixelRows
from core.dataset.placement import settle
from core.dataset.progress import Progress, Report
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.source import Known, Member, Source
from core.dataset.store import Dataset, array_path, load, original_path
from core.dataset.suggestion import size_with, suggested_size
from core.dataset.unfinished import publish, unfinished_folder
from core.errors import DatasetError
from core.message import Message, say


def take_in(source: Source, datasets: Path, report: Report, base: Dataset | None = None) -> Dataset:
    """The images of ``source`` as a dataset in the folder ``datasets``; if one with this content is there, that one.

    With ``base``, the images are added to those of that dataset, as `core.dataset.editing.adding.join` says; it stays
    as it was. ``report(done, total)`` is called with numbers of files, at most ten times a second. Raises DatasetError
    if no dataset can be made; then, and when the process is killed, ``datasets`` holds no half of one. What a killed
    intake leaves behind is removed by the first one a day later.
    """
    with unfinished_folder(datasets) as folder:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="PIL")  # it grumbles about broken notes in images that are fine
            manifest = _Intake(source, folder, Progress(report, source.files), base).run()
        if base is not None:
            manifest = join(base, manifest, folder)
        target = datasets / manifest.id
        publish(folder, manifest, target)
    return load(datasets, target.name)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An image that was read, before its class is known. ``number`` is that of its pixels."""

    path: str
    content_hash: str
    pixel_hash: str
    bytes: int
    header: Header
    stored_format: str
    is_cleaned: bool
    known: Known
    number: int


_InClasses = Sequence[tuple[_Candidate, str]]


@dataclass
class _Intake:
    source: Source
    folder: Path
    progress: Progress
    base: Dataset | None = None
    refusals: list[tuple[str, Message]] = field(default_factory=list)
    suggested: ImageSize | None = None

    def run(self) -> Manifest:
        with PixelRows(self.folder / "pixels") as pixel_rows:
            candidates = sorted(self._candidates(pixel_rows), key=lambda candidate: candidate.path)
            in_classes = self._in_classes(candidates)
            class_names = self._class_names(in_classes)
            image_size = self._suggested_size(candidate.header for candidate, _ in in_classes)
            self._write_pixels(in_classes, image_size, pixel_rows)
        self._remove_unused_originals(candidates, in_classes)
        self.progress.finish()
        return Manifest(
            name=self.source.name,
            class_names=class_names,
            image_size=image_size,
            images=images_table((_row(candidate, class_name) for candidate, class_name in in_classes), class_names),
            refused=refused_table(self.refusals),
        )

    def _candidates(self, pixel_rows: PixelRows) -> Iterator[_Candidate]:
        """Reads every member and keeps those that are images: the original without notes, and the pixels."""
        taken: set[str] = set()
        total_bytes = 0
        for member in self.source.members():
            try:
                data = _read_new(member, taken)
                total_bytes += len(data)
                self.source.limits.check_bytes(self.source.name, total_bytes)
                yield self._candidate(member, data, pixel_rows)
            except RefusedFileError as refused:
                self.refusals.append((member.path, refused.message))
            self.progress.step()

    def _candidate(self, member: Member, data: bytes, pixel_rows: PixelRows) -> _Candidate:
        """Raises RefusedFileError where ``data`` is no usable image."""
        header, stored = read_file(data, member.path)
        content_hash = hashlib.sha256(data).hexdigest()
        self._keep_original(content_hash, stored)
        self.suggested = size_with(self.suggested, header)
        return _Candidate(
            path=member.path,
            content_hash=content_hash,
            pixel_hash=_pixel_hash(stored.image),
            bytes=len(data),
            header=header,
            stored_format=stored.format,
            is_cleaned=stored.is_cleaned,
            known=member.known,
            number=pixel_rows.add(stored.image, self.suggested if self.base is None else self.base.image_size),
        )

    def _keep_original(self, content_hash: str, stored: Stored) -> None:
        path = original_path(self.folder, content_hash, stored.format)
        try:
            path.write_bytes(stored.data)
        except FileNotFoundError:  # it is the first file of its folder
            path.parent.mkdir(parents=True)
            path.write_bytes(stored.data)

    def _in_classes(self, candidates: list[_Candidate]) -> list[tuple[_Candidate, str]]:
        """The candidates with all that is known of them, and the class of each; empty where numbers are predicted."""
        settled = settle([candidate.path for candidate in candidates], [candidate.known for candidate in candidates])
        in_classes = []
        for candidate, known in zip(candidates, settled, strict=True):
            if isinstance(known, Message):
                self.refusals.append((candidate.path, known))
            else:
                in_classes.append((replace(candidate, known=known), known.class_name or ""))
        return in_classes

    def _suggested_size(self, headers: Iterable[Header]) -> ImageSize:
        return suggested_size(headers) if self.base is None else self.base.image_size

    def _write_pixels(self, in_classes: _InClasses, image_size: ImageSize, pixel_rows: PixelRows) -> None:
        images = (self._pixels(candidate, image_size, pixel_rows) for candidate, _ in in_classes)
        write_array(array_path(self.folder, image_size), image_size, len(in_classes), images)

    def _pixels(self, candidate: _Candidate, image_size: ImageSize, pixel_rows: PixelRows) -> np.ndarray:
        row = pixel_rows.row(candidate.number, image_size)
        if row is not None:
            return row
        return to_array(decode(self._original(candidate).read_bytes()), image_size)

    def _class_names(self, in_classes: _InClasses) -> tuple[str, ...]:
        """None where numbers are predicted. Raises DatasetError if there is nothing to tell apart: one class only, or
        one number, and no base that has others."""
        if not in_classes:
            raise DatasetError(self._nothing_usable())
        class_names = tuple(sorted({class_name for _, class_name in in_classes}))
        if class_names == ("",):
            self._refuse_one_value(in_classes)
            return ()
        if len(class_names) == 1 and self.base is None:
            raise DatasetError(
                say(
                    "All images in {name} are in one class, {class_name}. A classifier needs at least two: make one "
                    "folder of images per class.",
                    name=self.source.name,
                    class_name=class_names[0],
                )
            )
        return class_names

    def _refuse_one_value(self, in_classes: _InClasses) -> None:
        values = {candidate.known.value for candidate, _ in in_classes}
        if len(values) == 1 and self.base is None:
            raise DatasetError(
                say(
                    "All images in {name} have the same number, {value}. There is nothing to predict: take images "
                    "whose numbers differ.",
                    name=self.source.name,
                    value=values.pop(),
                )
            )

    def _nothing_usable(self) -> Message:
        path, reason = min(self.refusals, key=lambda refusal: refusal[0])
        return say(
            "None of the {count:,} files in {name} can be used. The first, {path}: {reason}",
            count=len(self.refusals),
            name=self.source.name,
            path=path,
            reason=reason,
        )

    def _remove_unused_originals(self, candidates: Sequence[_Candidate], in_classes: _InClasses) -> None:
        """Those of images that were refused only after a look at all the folders."""
        used = {candidate.content_hash for candidate, _ in in_classes}
        for candidate in candidates:
            if candidate.content_hash not in used:
                self._original(candidate).unlink(missing_ok=True)

    def _original(self, candidate: _Candidate) -> Path:
        return original_path(self.folder, candidate.content_hash, candidate.stored_format)


def _read_new(member: Member, taken: set[str]) -> bytes:
    """The bytes of a member whose path was not ``taken``; now it is. Raises RefusedFileError."""
    data = member.read()
    if member.path in taken:
        raise RefusedFileError(
            say("Another file has the same name; the first is used. Give every file a name of its own.")
        )
    taken.add(member.path)
    return data


def _row(candidate: _Candidate, class_name: str) -> dict[str, Any]:
    header, known = candidate.header, candidate.known
    return {
        "path": candidate.path,
        "class_name": class_name,
        "width": header.width,
        "height": header.height,
        "mode": header.mode,
        "bytes": candidate.bytes,
        "content_hash": candidate.content_hash,
        "pixel_hash": candidate.pixel_hash,
        "format": candidate.stored_format,
        "frames": header.frames,
        "cleaned": candidate.is_cleaned,
        "value": float("nan") if known.value is None else known.value,
        "group": known.group,
        "given_part": known.part,
    }


def _pixel_hash(image: Image.Image) -> str:
    """Equal for files that hold the same picture, whatever their format."""
    digest = hashlib.sha256(f"{image.mode} {image.width} × {image.height}\n".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()
