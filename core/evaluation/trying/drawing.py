"""A drawing made alike to the images that a model was trained on: the same paper, the same size, the same place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from PIL import Image

BLACK, WHITE = 0, 255
_INK = 64  # a pixel is ink where it differs from the paper by more, of 255
_EMPTY_BORDER = 0.9
_SMALL, _OFF_CENTRE = 0.6, 0.15


class Misfit(StrEnum):
    """In what a drawing is unlike the images of the training."""

    SMALL = "small"
    OFF_CENTRE = "off centre"


@dataclass(frozen=True)
class Style:
    """How grey images are drawn. ``paper`` is 0 (black) or 255 (white).

    ``has_margin``: whether their borders are empty. ``size``: the longer side of the box around the ink, as a share of
    that side of the image (0-1); the median of the images. ``is_centred_by_mass``: whether it is rather the centre of
    mass of the ink that lies in the middle of the image, as in MNIST (LeCun et al., 1998), than that of the box.
    """

    paper: int
    has_margin: bool
    size: float
    is_centred_by_mass: bool

    @property
    def ink(self) -> int:
        """The other one of black and white."""
        return WHITE - self.paper

    @classmethod
    def of(cls, images: np.ndarray) -> Self:
        """The style of ``images``, uint8, (images, height, width, 1), at least one."""
        grey = images[..., 0]
        border = np.concatenate([grey[:, 0], grey[:, -1], grey[:, :, 0], grey[:, :, -1]], axis=1).astype(int)
        paper = np.median(border)
        marks = [_Marks.of(each, paper) for each in grey]
        drawn = [each for each in marks if each is not None]
        return cls(
            paper=WHITE if paper > WHITE / 2 else BLACK,
            has_margin=bool(drawn) and bool((abs(border - paper) <= _INK).mean() >= _EMPTY_BORDER),
            size=float(np.median([each.size for each in drawn])) if drawn else 1.0,
            is_centred_by_mass=bool(drawn) and _distance(drawn, by_mass=True) < _distance(drawn, by_mass=False),
        )

    def misfits(self, drawing: Image.Image) -> list[Misfit]:
        """In what ``drawing``, in mode L, is far from this style; nothing for an empty one."""
        marks = _Marks.of(np.asarray(drawing), self.paper)
        if marks is None:
            return []
        found = {
            Misfit.SMALL: marks.size < _SMALL * self.size,
            Misfit.OFF_CENTRE: marks.distance(by_mass=self.is_centred_by_mass) > _OFF_CENTRE,
        }
        return [misfit for misfit, is_so in found.items() if is_so]

    def fitted(self, drawing: Image.Image) -> Image.Image:
        """``drawing``, in mode L, as if it had been drawn in this size and in the middle; an empty one as it is."""
        marks = _Marks.of(np.asarray(drawing), self.paper)
        if marks is None:
            return drawing
        scale = self.size / marks.size
        top, bottom, left, right = marks.box
        size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
        row, column = marks.centre(by_mass=self.is_centred_by_mass)
        place = (round(drawing.width / 2 - (column - left) * scale), round(drawing.height / 2 - (row - top) * scale))
        paper = Image.new("L", drawing.size, self.paper)
        paper.paste(drawing.crop((left, top, right, bottom)).resize(size, Image.Resampling.BILINEAR), place)
        return paper


@dataclass(frozen=True)
class _Marks:
    """Where the ink of an image of ``shape`` (height, width) is. ``box``: top, bottom, left, right; the ends are not
    in it. ``mass``: row and column of its centre of mass. All in pixels from the top left corner of the image."""

    shape: tuple[int, int]
    box: tuple[int, int, int, int]
    mass: tuple[float, float]

    @classmethod
    def of(cls, image: np.ndarray, paper: float) -> Self | None:
        """Of ``image``, (height, width), on ``paper`` (0-255); None where nothing is drawn."""
        ink = np.abs(image.astype(np.float64) - paper)
        rows, columns = np.nonzero(ink > _INK)
        if not len(rows):
            return None
        weights = ink[rows, columns]
        box = int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1
        mass = np.average(rows + 0.5, weights=weights), np.average(columns + 0.5, weights=weights)
        return cls((image.shape[0], image.shape[1]), box, (float(mass[0]), float(mass[1])))

    @property
    def size(self) -> float:
        """The longer side of the box, as a share of that side of the image (0-1)."""
        top, bottom, left, right = self.box
        return max((bottom - top) / self.shape[0], (right - left) / self.shape[1])

    def centre(self, *, by_mass: bool) -> tuple[float, float]:
        """Row and column of the centre of mass, or of the middle of the box."""
        top, bottom, left, right = self.box
        return self.mass if by_mass else ((top + bottom) / 2, (left + right) / 2)

    def distance(self, *, by_mass: bool) -> float:
        """How far the centre is from the middle of the image, as a share of its sides."""
        row, column = self.centre(by_mass=by_mass)
        return float(np.hypot(row / self.shape[0] - 0.5, column / self.shape[1] - 0.5))


def _distance(marks: list[_Marks], *, by_mass: bool) -> float:
    return float(np.median([each.distance(by_mass=by_mass) for each in marks]))
