"""PyTorch with the images as tensors in memory."""

from pathlib import Path

import torch

from bench.contenders.arrays import read
from bench.contenders.torch_net import accuracy, learn, net, tensors
from bench.contenders.turns import Turns, take_part


def train(folder: Path, epochs: int, seed: int, turns: Turns) -> None:
    torch.manual_seed(seed)
    arrays = read(folder)
    training = tensors(arrays.training.images, arrays.training.labels)
    validation = tensors(arrays.validation.images, arrays.validation.labels)
    model = net()
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(epochs):
        turns.wait()
        learn(model, optimizer, *training)
        turns.done(accuracy(model, *validation))


if __name__ == "__main__":
    take_part(train)
