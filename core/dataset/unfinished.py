"""A dataset in the making: nobody sees it before it is whole."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.dataset.manifest import Manifest, write_manifest

_PREFIX = ".intake-"
_ABANDONED_AFTER_SECONDS = 24 * 60 * 60


@contextmanager
def unfinished_folder(datasets: Path) -> Iterator[Path]:
    """An empty folder that is gone in the end, unless `publish` has given it its name.

    What a killed process has left behind is removed by the first one a day later.
    """
    datasets.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(datasets)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=datasets) as unfinished:
        folder = Path(unfinished) / "dataset"
        folder.mkdir()
        yield folder


def publish(folder: Path, manifest: Manifest, target: Path) -> None:
    """Writes the manifest and makes the finished folder the dataset ``target``, unless that is there already."""
    write_manifest(folder, manifest)
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _remove_abandoned(datasets: Path) -> None:
    now = time.time()
    for folder in datasets.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # of another process, which has just finished
            if now - folder.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
