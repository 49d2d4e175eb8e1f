import base64
import io

import numpy as np
import pytest
from PIL import Image

from ui.receptive_field_view import _png


@pytest.mark.parametrize("shape", [(4, 6, 1), (4, 6, 3), (1, 6, 3), (6, 1, 3), (1, 6, 1), (1, 1, 1)])
def test_an_image_of_any_size_is_drawn_as_it_is(shape):
    image = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    drawn = np.asarray(Image.open(io.BytesIO(base64.b64decode(_png(image)))))
    assert drawn.reshape(shape).tolist() == image.tolist()
    assert drawn.shape[:2] == shape[:2]
