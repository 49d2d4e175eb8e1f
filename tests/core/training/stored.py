"""A dataset on the disk for the tests, of the images that nets.py makes."""

from pathlib import Path

from PIL import Image

from core.dataset.store import Dataset
from core.workspace import Workspace
from tests.core.dataset.builders import folder_of, image_bytes, take
from tests.core.training.nets import CLASSES, some_images


def make_dataset(workspace: Workspace, folder: Path, count: int) -> Dataset:
    """``count`` grey images of 8 × 8 pixels, in all classes."""
    images, labels = some_images(count)
    labels[:CLASSES] = range(CLASSES)
    files = {
        f"class {label}/{position}.png": image_bytes(Image.fromarray(image[:, :, 0]))
        for position, (image, label) in enumerate(zip(images, labels, strict=True))
    }
    return take(folder_of(folder, files), workspace.datasets)
