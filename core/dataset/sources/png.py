"""Pixels as the bytes of an image file."""

import io

import numpy as np
from PIL import Image


def png(pixels: np.ndarray) -> bytes:
    """``pixels``, uint8 of shape (height, width) or (height, width, 3), as a PNG file.

    Not compressed, so that the bytes, which name the dataset, are the same with every version of the compressor.
    """
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=0)
    return file.getvalue()
