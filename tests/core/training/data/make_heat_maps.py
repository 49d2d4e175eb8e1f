"""How ``heat_maps.npz`` was made: Grad-CAM by Captum 0.9.0 on PyTorch 2.13.0, which Layerlab does not need.

``python tests/core/training/data/make_heat_maps.py`` writes it anew, where both are installed. It holds the weights of
the same net with three units and with one, as Keras has them; images, and the answers for them; and for each layer with
maps, each class and each image what speaks for the class and against it (``weighted``), and the former alone at the
size of the image, as shares of its peak (``shown``).
"""

from pathlib import Path

import numpy as np
import torch
from captum.attr import LayerAttribution, LayerGradCam
from torch import nn

HEIGHT, WIDTH, CHANNELS = 12, 10, 3
IMAGES = 4


class Net(nn.Module):
    """That of test_heat_maps.py, without the softmax or sigmoid behind it."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.conv_0 = nn.Sequential(nn.Conv2d(CHANNELS, 4, 3, padding=1), nn.ReLU())
        self.pool_1 = nn.MaxPool2d(2)
        self.conv_2_0 = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU())
        self.conv_2_1 = nn.Conv2d(4, 4, 3, padding=1)
        self.sum_2 = nn.ReLU()
        self.conv_3 = nn.Sequential(nn.Conv2d(4, 5, 3), nn.ReLU())
        self.dense = nn.Linear(4 * 3 * 5, units)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        values = self.pool_1(self.conv_0(images / 255))
        values = self.sum_2(values + self.conv_2_1(self.conv_2_0(values)))
        return self.dense(self.conv_3(values).permute(0, 2, 3, 1).flatten(1))  # Keras flattens channels last

    @property
    def places(self) -> dict[str, nn.Module]:
        return {
            "0": self.conv_0,
            "1": self.pool_1,
            "2": self.sum_2,
            "2.0": self.conv_2_0,
            "2.1": self.conv_2_1,
            "3": self.conv_3,
        }

    def keras_weights(self) -> list[np.ndarray]:
        arrays = [parameter.detach().numpy() for parameter in self.parameters()]
        return [array.transpose(2, 3, 1, 0) if array.ndim == 4 else array.T for array in arrays]


def heat_maps(net: Net, images: torch.Tensor, classes: dict[int, tuple[int, float]]) -> dict[str, np.ndarray]:
    """``classes``: for each the unit that its score is, and the sign of it."""
    found = {}
    for place, layer in net.places.items():
        for class_index, (unit, sign) in classes.items():

            def score(batch: torch.Tensor, sign: float = sign) -> torch.Tensor:
                return sign * net(batch)

            weighted = LayerGradCam(score, layer).attribute(images, target=unit)
            shown = LayerAttribution.interpolate(torch.relu(weighted), (HEIGHT, WIDTH), "bilinear")
            peaks = shown.amax(dim=(2, 3), keepdim=True)
            found[f"weighted/{place}/{class_index}"] = weighted[:, 0].detach().numpy()
            found[f"shown/{place}/{class_index}"] = (shown / peaks.where(peaks > 0, 1))[:, 0].detach().numpy()
    return found


def main() -> None:
    torch.manual_seed(0)
    images = np.random.default_rng(0).integers(0, 256, (IMAGES, HEIGHT, WIDTH, CHANNELS), dtype=np.uint8)
    batch = torch.from_numpy(images).permute(0, 3, 1, 2).float()
    arrays = {"images": images}
    heads = {
        "three": (Net(3), {0: (0, 1.0), 1: (1, 1.0), 2: (2, 1.0)}, lambda scores: torch.softmax(scores, 1)),
        "one": (Net(1), {0: (0, -1.0), 1: (0, 1.0)}, torch.sigmoid),
    }
    for name, (net, classes, squash) in heads.items():
        arrays |= {f"{name}/weights/{i}": weights for i, weights in enumerate(net.keras_weights())}
        arrays |= {f"{name}/{key}": maps for key, maps in heat_maps(net, batch, classes).items()}
        arrays[f"{name}/answers"] = squash(net(batch)).detach().numpy()
    np.savez_compressed(Path(__file__).with_name("heat_maps.npz"), allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
