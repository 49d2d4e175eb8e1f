"""From a zip archive to a trained net with PyTorch, as one script.

``python -m bench.contenders.torch_script ZIP EPOCHS`` prints the accuracy on the validation images.
"""

import io
import json
import sys
import zipfile

import numpy as np
import torch
from PIL import Image

from bench.contenders.torch_net import accuracy, learn, net, tensors

TRAINING, VALIDATION = 0.7, 0.15


def read(path: str) -> tuple[np.ndarray, np.ndarray]:
    """The images of the archive, in memory at once, and their classes."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        images = np.stack([np.asarray(Image.open(io.BytesIO(archive.read(name))).convert("L")) for name in names])
    folders = [name.split("/")[0] for name in names]
    return images[..., np.newaxis], np.unique(folders, return_inverse=True)[1]


def main() -> None:
    path, epochs = sys.argv[1:]
    torch.manual_seed(0)
    images, labels = tensors(*read(path))
    train, validation, _ = torch.randperm(len(images)).split(_parts(len(images)))
    model = net()
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(int(epochs)):
        learn(model, optimizer, images[train], labels[train])
        val_accuracy = accuracy(model, images[validation], labels[validation])
    print(json.dumps({"val_accuracy": val_accuracy}), flush=True)


def _parts(images: int) -> list[int]:
    train, validation = round(TRAINING * images), round(VALIDATION * images)
    return [train, validation, images - train - validation]


if __name__ == "__main__":
    main()
