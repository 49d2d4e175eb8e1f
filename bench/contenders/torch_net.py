"""The net in PyTorch, and an epoch of it on tensors in memory."""

import numpy as np
import torch
from torch import Tensor, nn

BATCH_SIZE = 32


def net() -> nn.Module:
    """The net of the benchmarks; its outputs are logits, since the loss has the softmax in it."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1600, 10),
    )


def tensors(images: np.ndarray, labels: np.ndarray) -> tuple[Tensor, Tensor]:
    """Pixels of 0–255, (images, height, width, 1), as floats of 0–1, (images, 1, height, width)."""
    return torch.from_numpy(images).permute(0, 3, 1, 2).float().div_(255).contiguous(), torch.from_numpy(labels).long()


def learn(model: nn.Module, optimizer: torch.optim.Optimizer, images: Tensor, labels: Tensor) -> None:
    """One epoch of shuffled batches."""
    model.train()
    for batch in torch.randperm(len(images)).split(BATCH_SIZE):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
        optimizer.step()


@torch.inference_mode()
def accuracy(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """The share of images whose class has the largest output."""
    model.eval()
    batches = zip(images.split(BATCH_SIZE), labels.split(BATCH_SIZE), strict=True)
    right = sum((model(some).argmax(1) == truth).sum() for some, truth in batches)
    return float(right) / len(images)
