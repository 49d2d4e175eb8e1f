"""How many planted copies of images are found, how many images are taken for copies that are none, and in what time.

``python -m bench.look_alikes``. The search was tuned on the first half of each set; the figures are of the second, but
for ``--half 0``. Photos come from a folder, such as ``skimage/data`` of an installed scikit-image; without one, they
are the two of scikit-learn.
"""

import argparse
import gc
import multiprocessing
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import sklearn
from PIL import Image, ImageOps

from bench import pictures
from bench.planted import LARGE_CHANGES, SMALL_CHANGES, Change
from bench.table import Bound, table
from core.quality.clusters import clusters_of
from core.quality.look_alikes import look_alikes

SIZES = (1_250, 2_500, 5_000, 10_000)
PHOTOS = Path(sklearn.__file__).parent / "datasets" / "images"
PIECE_SIDES = (64, 96, 128)
MOST_MISSED = 0.05
MOST_FALSE = 0.005
MOST_SECONDS = 30
LITTLE_CONTRAST = 10  # grey levels: pieces of sky and of black borders are below, and show nothing to be told apart
SECONDS_BETWEEN_LOOKS = 0.02

Images = Sequence[Image.Image]


@dataclass(frozen=True)
class Cost:
    """Of one search in a fresh process. ``processor``: seconds of all cores. ``megabytes``: on top of the images."""

    seconds: float
    processor: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.look_alikes", description=__doc__)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1, help="0: what the search was tuned on")
    parser.add_argument("--planted", type=int, default=500, help="how many images have a copy, at most")
    parser.add_argument("--photos", type=Path, default=PHOTOS, help="a folder of photos")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="how many images to time the search with")
    arguments = parser.parse_args()
    small = {name: pictures.sample(name) for name in ("digits", "animals")}
    large = {f"photos, {side} px": pictures.pieces(arguments.photos, side) for side in PIECE_SIDES}
    for sets, changes in ((small, SMALL_CHANGES), (large, LARGE_CHANGES)):
        halves = {name: _half(images, arguments.half) for name, images in sets.items()}
        found = {label: _recalls(halves, change, arguments.planted) for label, change in changes.items()}
        print(_recall_table(found, halves, sets), end="\n\n", flush=True)
    for kind in ("28 px, grey", "64 px, colour"):
        print(_cost_table(kind, arguments.sizes), end="\n\n", flush=True)


def _half(images: list[Image.Image], half: int) -> list[Image.Image]:
    middle = len(images) // 2
    return images[middle:] if half else images[:middle]


def _recalls(sets: Mapping[str, Images], change: Change, most_planted: int) -> list[float]:
    return [recall(images, change, most_planted) for images in sets.values()]


def _recall_table(
    found: Mapping[str, Sequence[float]], halves: Mapping[str, Images], sets: Mapping[str, Images]
) -> str:
    false = [_share(falsely_called(images)) for images in halves.values()]
    called = [falsely_called(images) for images in sets.values()]
    shown = [_contrasts(images) >= LITTLE_CONTRAST for images in sets.values()]
    false_shown = [_share(each[which]) for each, which in zip(called, shown, strict=True)]
    rows = [
        ["planted copies that are found", *sets],
        *([label, *(f"{share:.1%}" for share in shares)] for label, shares in found.items()),
        ["falsely called copies", *(f"{share:.2%}" for share in false)],
        ["the same in both halves", *(f"{_share(each):.2%}" for each in called)],
        ["of images with contrast", *(f"{share:.2%}" for share in false_shown)],
        ["images in both halves", *(f"{len(images):,}" for images in sets.values())],
        ["with contrast", *(f"{each.sum():,}" for each in shown)],
    ]
    missed = 1 - min(min(shares) for shares in found.values())
    bounds = (Bound("most missed", missed, MOST_MISSED), Bound("most falsely called", max(false_shown), MOST_FALSE))
    return "\n".join([table(rows), *map(str, bounds)])


def recall(images: Images, change: Change, most_planted: int) -> float:
    """The share of the copies that are in a cluster with their original, when they are planted among ``images``."""
    planted = min(most_planted, len(images))
    everything = [*images, *map(change, images[:planted])]
    cluster = clusters_of(look_alikes(everything, _silently), len(everything))
    return float((cluster[:planted] == cluster[len(images) :]).mean())


def falsely_called(images: Images) -> np.ndarray:
    """Whether each of ``images``, which are all different, is said to be like another one."""
    called = np.zeros(len(images), bool)
    called[look_alikes(images, _silently)[["first", "second"]].to_numpy().ravel()] = True
    return called


def _share(called: np.ndarray) -> float:
    return float(called.mean())


def _contrasts(images: Images) -> np.ndarray:
    """The standard deviation of each, in grey levels."""
    return np.array([np.asarray(image.convert("L")).std() for image in images])


def _cost_table(kind: str, sizes: Sequence[int]) -> str:
    rows = [[kind, "seconds", "of all cores", "MB on top of the images"]]
    costs = {size: _in_fresh_process(kind, size) for size in sizes}
    rows += [
        [f"{size:,} images", f"{cost.seconds:.1f}", f"{cost.processor:.1f}", f"{cost.megabytes:.0f}"]
        for size, cost in costs.items()
    ]
    lines = [table(rows)]
    if 10_000 in costs:
        lines.append(str(Bound("seconds for 10,000 images", costs[10_000].seconds, MOST_SECONDS)))
    return "\n".join(lines)


def _in_fresh_process(kind: str, size: int) -> Cost:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_cost, kind, size).result()


def _cost(kind: str, size: int) -> Cost:
    files = _files(kind, size)
    look_alikes(pictures.Files(files.data[:100]), _silently)  # loads the libraries
    gc.collect()
    with _peak_memory() as grown:
        started, worked = time.perf_counter(), time.process_time()
        look_alikes(files, _silently)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
    return Cost(seconds, processor, max(grown) / 1e6)


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """By how many bytes the process has grown, looked at again and again while the body runs."""
    process = psutil.Process()
    before = process.memory_info().rss
    grown = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(SECONDS_BETWEEN_LOOKS):
            grown.append(process.memory_info().rss - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield grown
    finally:
        done.set()
        watcher.join()


def _files(kind: str, size: int) -> pictures.Files:
    if kind.startswith("64"):
        return pictures.files(pictures.textures(size, 64))
    images = [*pictures.sample("digits"), *pictures.sample("animals")]
    return pictures.files([*images, *map(ImageOps.mirror, images)][:size])


def _silently(_done: int, _total: int) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    main()
