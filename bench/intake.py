"""How long it takes to take in many small images in the background, and what memory it needs.

``python -m bench.intake`` (``make bench-intake``). Zip archives of 10,000 and 70,000 different PNG files of 28 × 28
pixels are taken in as the screen has it done, by a process of its own, while this process looks on as the web process
does: it asks for the progress again and again. Then it opens the dataset and makes the first page of the gallery.
"""

import argparse
import io
import multiprocessing
import tempfile
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import psutil
from PIL import Image

from bench import digits
from bench.table import Bound, table
from core.dataset.sources import open_source
from core.dataset.store import load, pixels
from core.runs import intakes, projects
from core.runs.database import Database
from core.workspace import Workspace

FILES = (10_000, 70_000)
MOST_SECONDS_FOR_10_000 = 15.0
MOST_SECONDS_TO_OPEN = 1.0
MOST_GROWTH_MEGABYTES = 32.0
PAGE = 24
_SIDE = 88
_POLL_SECONDS = 0.1
_MEGABYTE = 2**20


@dataclass(frozen=True)
class Taken:
    """One intake: seconds in all and to open the dataset, bytes at the peak of the worker and more in this process."""

    files: int
    seconds: float
    seconds_to_open: float
    worker_bytes: int
    growth_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=FILES, help="how many images each archive has")
    numbers = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.at(Path(folder) / "workspace")
        database = Database.open(workspace)
        _take_in(database, workspace, _archive(Path(folder), 1_000), 1_000)  # this process has loaded all that it needs
        taken = [_take_in(database, workspace, _archive(Path(folder), files), files) for files in numbers]
        database.close()
    print(_table(taken), *_bounds(taken), sep="\n\n")


def write_zip(path: Path, files: int) -> None:
    """A zip archive of ``files`` different images: digits and silhouettes of animals, then these again, moved and with
    a grey value of their own, in a folder for each class."""
    sources = [_images(sample) for sample in (digits.SAMPLE, "animals")]
    images, names = (np.concatenate(parts) for parts in zip(*sources, strict=True))
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(files):
            turn, row = divmod(number, len(images))
            image = np.roll(images[row], (turn % 3 - 1, turn // 3 % 3 - 1), axis=(0, 1))
            image[0, 0:3] = turn, *divmod(row, 256)  # so that no two are the same
            archive.writestr(f"{names[row]}/{number:06}.png", _png(image))


def _images(sample: str) -> tuple[np.ndarray, np.ndarray]:
    members = list(open_source(sample).members())
    images = np.stack([np.asarray(Image.open(io.BytesIO(member.read()))) for member in members])
    return images, np.array([member.path.split("/")[0] for member in members])


def _png(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def _archive(folder: Path, files: int) -> Path:
    """Made by another process: the memory of this one is what is measured."""
    path = folder / f"{files}.zip"
    process = multiprocessing.get_context("spawn").Process(target=write_zip, args=(path, files))
    process.start()
    process.join()
    return path


def _take_in(database: Database, workspace: Workspace, archive: Path, files: int) -> Taken:
    project_id = projects.create(database, f"{files} images").id
    before, worker_bytes, began = psutil.Process().memory_info().rss, 0, perf_counter()
    intake = intakes.start(database, workspace, project_id, str(archive), archive.stem)
    worker = next(each for each in psutil.Process().children() if intake.id in each.cmdline())
    while (intake := intakes.get(database, intake.id)).state.is_working:
        with suppress(psutil.Error):
            worker_bytes = max(worker_bytes, worker.memory_info().rss)
        time.sleep(_POLL_SECONDS)
    seconds, growth = perf_counter() - began, psutil.Process().memory_info().rss - before
    if intake.dataset_id is None:
        raise SystemExit(f"The intake is {intake.state}: {intake.message}")
    return Taken(files, seconds, _seconds_to_open(workspace, intake.dataset_id), worker_bytes, growth)


def _seconds_to_open(workspace: Workspace, dataset_id: str) -> float:
    """Until the first page of the gallery is there as PNG files, as the screen makes them."""
    began = perf_counter()
    dataset = load(workspace.datasets, dataset_id)
    for image in pixels(dataset, dataset.image_size)[:PAGE]:
        factor = -(-_SIDE // max(image.shape[:2]))
        _png(image[..., 0].repeat(factor, axis=0).repeat(factor, axis=1))
    return perf_counter() - began


def _table(taken: Sequence[Taken]) -> str:
    heading = ["files", "seconds", "files/s", "seconds to open", "worker's peak, MB", "growth of this process, MB"]
    rows = [
        [
            f"{each.files:,}",
            f"{each.seconds:.2f}",
            f"{each.files / each.seconds:,.0f}",
            f"{each.seconds_to_open:.3f}",
            f"{each.worker_bytes / _MEGABYTE:.0f}",
            f"{each.growth_bytes / _MEGABYTE:.1f}",
        ]
        for each in taken
    ]
    return table([heading, *rows])


def _bounds(taken: Sequence[Taken]) -> list[str]:
    bounds = [
        Bound("seconds for 10,000 files", each.seconds, MOST_SECONDS_FOR_10_000)
        for each in taken
        if each.files == FILES[0]
    ]
    for each in taken:
        bounds += [
            Bound(f"seconds to open {each.files:,} files", each.seconds_to_open, MOST_SECONDS_TO_OPEN),
            Bound(f"growth with {each.files:,} files, MB", each.growth_bytes / _MEGABYTE, MOST_GROWTH_MEGABYTES),
        ]
    return ["\n".join(map(str, bounds))]


if __name__ == "__main__":
    main()
