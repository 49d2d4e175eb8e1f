"""Real images before and after they are brought to the size for the network, for each way to fit them."""

from typing import get_args

import numpy as np
import streamlit as st
from PIL import Image

from core.dataset.decode import decode, to_array
from core.dataset.image_size import Fit, ImageSize
from core.dataset.store import Dataset, original
from ui import image_wall
from ui.text import _
from ui.thumbnails import spread

_ALONE, _COMPARED = 5, 3
_SIDE = 64


def names() -> dict[Fit, str]:
    """The ways to fit an image, under the names that people read."""
    return {"stretch": _("Stretch"), "pad": _("Pad"), "crop": _("Crop")}


def show(dataset: Dataset, image_size: ImageSize) -> None:
    """Draws a few images as they came, and below them what each way makes of them; the chosen one is marked."""
    positions = _most_different(dataset, image_size, _COMPARED)
    as_they_came = _("As they came")
    _row(f":gray[{as_they_came}]", [_before(dataset, position) for position in positions], _("As it came"))
    for fit in get_args(Fit):
        fitted = _fitted(dataset, image_size.model_copy(update={"fit": fit}), positions)
        is_chosen = fit == image_size.fit
        title = f"**{names()[fit]}** :material/check:" if is_chosen else f":gray[{names()[fit]}]"
        _row(title, fitted, names()[fit])


def show_chosen(dataset: Dataset, image_size: ImageSize) -> None:
    """Draws a few images in the chosen size, whose proportions they have."""
    positions = tuple(spread(dataset.images["label"].to_numpy(), _ALONE))
    examples = _fitted(dataset, image_size, positions)
    numbers = range(1, len(examples) + 1)
    alts = [_("Example {number} in the chosen size").format(number=number) for number in numbers]
    image_wall.show(examples, side=_SIDE, alts=alts)


def _row(title: str, images: list[np.ndarray], alt: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(title, width=96)
        alts = [_("{what}, example {number}").format(what=alt, number=number) for number in range(1, len(images) + 1)]
        image_wall.show(images, side=_SIDE, alts=alts)


def _most_different(dataset: Dataset, image_size: ImageSize, count: int) -> tuple[int, ...]:
    """The images that the fit makes the largest difference to, widest and highest in turn."""
    proportions = np.log(dataset.images["width"] / dataset.images["height"] / (image_size.width / image_size.height))
    order = np.argsort(proportions.to_numpy(), kind="stable")
    turns = [order[-1 - turn // 2] if turn % 2 == 0 else order[turn // 2] for turn in range(min(count, len(order)))]
    return tuple(dict.fromkeys(int(position) for position in turns))


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Dataset: lambda dataset: dataset.id})
def _before(dataset: Dataset, position: int) -> np.ndarray:
    """The image in its own proportions, in the middle of a square that is transparent elsewhere: RGBA, uint8."""
    image = decode(original(dataset, position).read_bytes())
    scale = 2 * _SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    quality = Image.Resampling.BILINEAR if scale < 1 else Image.Resampling.NEAREST
    paper = Image.new("RGBA", (2 * _SIDE, 2 * _SIDE))
    paper.paste(image.resize(size, quality), ((paper.width - size[0]) // 2, (paper.height - size[1]) // 2))
    return np.asarray(paper)


@st.cache_data(
    max_entries=32,
    show_spinner=False,
    hash_funcs={Dataset: lambda dataset: dataset.id, ImageSize: ImageSize.model_dump_json},
)
def _fitted(dataset: Dataset, image_size: ImageSize, positions: tuple[int, ...]) -> list[np.ndarray]:
    return [to_array(decode(original(dataset, position).read_bytes()), image_size) for position in positions]
