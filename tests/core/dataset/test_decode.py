import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.dataset.decode import decode, to_array
from core.dataset.image_size import ImageSize
from core.dataset.refused_file_error import RefusedFileError
from tests.core.dataset.builders import image_bytes, noise, plain

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def palette_with_transparency() -> bytes:
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putdata([0, 1])
    return image_bytes(image, transparency=1)


def animation() -> bytes:
    frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, BLUE)]
    return image_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])


def sixteen_bits(*values: int) -> Image.Image:
    return Image.fromarray(np.array([values], dtype=np.uint16))


def numbers(*values: float) -> Image.Image:
    return Image.fromarray(np.array([values], dtype=np.float32))


def whole_numbers(*values: int) -> Image.Image:
    return Image.fromarray(np.array([values], dtype=np.int32))


def with_alpha(mode: str, *pixels: tuple[int, ...]) -> Image.Image:
    image = Image.new(mode, (len(pixels), 1))
    image.putdata(pixels)
    return image


@pytest.mark.parametrize(
    ("data", "mode", "first_row"),
    [
        (plain(77, "L", (1, 1)), "L", [77]),
        (plain((1, 2, 3), "RGB", (1, 1)), "RGB", [(1, 2, 3)]),
        (plain(1, "1", (1, 1)), "L", [255]),
        (image_bytes(sixteen_bits(0, 257, 32_896, 65_535)), "L", [0, 1, 128, 255]),
        (image_bytes(sixteen_bits(0, 257, 32_896, 65_535), "TIFF"), "L", [0, 1, 128, 255]),
        (image_bytes(whole_numbers(0, 257, 65_535, 70_000), "TIFF"), "L", [0, 1, 255, 255]),
        (image_bytes(numbers(0.0, 0.5, 1.0), "TIFF"), "L", [0, 128, 255]),
        (image_bytes(numbers(0.0, 12.0, 300.0, float("nan")), "TIFF"), "L", [0, 12, 255, 0]),
        (palette_with_transparency(), "RGB", [RED, WHITE]),
        (image_bytes(Image.new("RGB", (1, 1), GREEN).quantize(2)), "RGB", [GREEN]),
        (
            image_bytes(with_alpha("RGBA", (255, 0, 0, 255), (0, 0, 0, 0), (0, 0, 0, 127))),
            "RGB",
            [RED, WHITE, (128,) * 3],
        ),
        (image_bytes(with_alpha("LA", (10, 255), (10, 0))), "L", [10, 255]),
        (image_bytes(Image.new("RGB", (1, 1), RED), transparency=RED), "RGB", [WHITE]),
        (image_bytes(Image.new("L", (1, 1), 9), transparency=9), "L", [255]),
        (image_bytes(Image.new("CMYK", (1, 1), (0, 255, 255, 0)), "TIFF"), "RGB", [RED]),
        (animation(), "RGB", [RED] * 4),
    ],
)
def test_every_kind_of_pixel_becomes_grey_or_colour_of_8_bits(data, mode, first_row):
    image = decode(data)
    assert image.mode == mode
    assert [image.getpixel((x, 0)) for x in range(image.width)] == first_row


def test_a_cmyk_jpeg_keeps_its_colour():
    red, green, blue = decode(image_bytes(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")).getpixel((4, 4))
    assert red > 240
    assert max(green, blue) < 15


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF"])
def test_the_image_stands_upright(orientation, file_format):
    """By the EXIF standard, row 0 of the file is the top (1, 2), bottom (3, 4), left (5, 8) or right (6, 7) side."""
    upright = noise(3, 5)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: upright.transpose(1, 0, 2)[::-1],
        7: upright.transpose(1, 0, 2)[::-1, ::-1],
        8: upright.transpose(1, 0, 2)[:, ::-1],
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if file_format == "WEBP" else {}
    data = image_bytes(Image.fromarray(np.ascontiguousarray(stored)), file_format, exif=exif, **options)
    assert np.array_equal(np.asarray(decode(data)), upright)


def test_broken_exif_does_not_refuse_the_image():
    data = image_bytes(Image.new("L", (4, 4), 5), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert decode(data).size == (4, 4)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_half_a_file_is_refused(file_format):
    data = image_bytes(Image.fromarray(noise(64, 64)), file_format)
    with pytest.raises(RefusedFileError, match="damaged or was cut off"):
        decode(data[: len(data) // 2])


def test_lab_colours_are_refused_by_name():
    with pytest.raises(RefusedFileError, match="Lab colours"):
        decode(image_bytes(Image.new("LAB", (4, 4)), "TIFF"))


def test_an_array_of_the_same_size_is_the_image_itself():
    pixels = noise(6, 8)
    array = to_array(Image.fromarray(pixels), ImageSize(height=6, width=8, channels=3))
    assert array.dtype == np.uint8
    assert np.array_equal(array, pixels)


def test_grey_becomes_three_equal_channels():
    array = to_array(Image.new("L", (2, 2), 9), ImageSize(height=2, width=2, channels=3))
    assert array.tolist() == [[[9, 9, 9]] * 2] * 2


@pytest.mark.parametrize(("colour", "grey"), [(RED, 76), (GREEN, 150), (BLUE, 29)])
def test_colour_becomes_grey_by_the_weights_of_itu_r_601(colour, grey):
    array = to_array(Image.new("RGB", (1, 1), colour), ImageSize(height=1, width=1, channels=1))
    assert array.item() == grey


def test_making_an_image_smaller_averages_over_all_its_pixels():
    stripes = np.tile(np.array([0, 255], dtype=np.uint8), (64, 32))
    array = to_array(Image.fromarray(stripes), ImageSize(height=8, width=8, channels=1))
    assert array.shape == (8, 8, 1)
    assert np.abs(array.astype(int) - 127).max() <= 3


def test_height_and_width_are_not_confused():
    assert to_array(Image.new("L", (30, 10)), ImageSize(height=12, width=34, channels=1)).shape == (12, 34, 1)


@pytest.mark.parametrize(
    ("size", "target", "inner"),
    [
        ((40, 20), (28, 28), (28, 14)),
        ((20, 40), (28, 28), (14, 28)),
        ((30, 10), (12, 34), (12, 4)),
        ((28, 28), (28, 28), (28, 28)),
        ((900, 1), (8, 8), (8, 1)),
    ],
)
def test_padding_shows_the_whole_image_in_the_middle_of_black(size, target, inner):
    array = to_array(Image.new("L", size, 200), image_size_of(target, fit="pad"))[..., 0]
    left, top = (target[0] - inner[0]) // 2, (target[1] - inner[1]) // 2
    expected = np.zeros(target[::-1], np.uint8)
    expected[top : top + inner[1], left : left + inner[0]] = 200
    assert np.array_equal(array, expected)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(11, 40), st.integers(11, 40), st.sampled_from([1, 3]))
def test_cropping_is_that_of_pillow(width, height, target_width, target_height, channels):
    """Up to six times smaller: from there on, ours takes a quick way, by ``reducing_gap``, that its oracle has not."""
    image = Image.fromarray(noise(height, width, channels))
    array = to_array(image, image_size_of((target_width, target_height), channels, fit="crop"))
    expected = np.asarray(ImageOps.fit(image, (target_width, target_height), Image.Resampling.BILINEAR))
    assert np.abs(array.reshape(expected.shape).astype(int) - expected).max() <= 1


def test_cropping_keeps_the_middle():
    pixels = np.zeros((4, 12), np.uint8)
    pixels[:, 4:8] = 255
    array = to_array(Image.fromarray(pixels), image_size_of((4, 4), fit="crop"))
    assert (array == 255).all()


@pytest.mark.parametrize("fit", ["stretch", "pad", "crop"])
def test_an_image_of_the_right_size_stays_as_it_is(fit):
    pixels = noise(6, 8)
    assert np.array_equal(to_array(Image.fromarray(pixels), image_size_of((8, 6), 3, fit=fit)), pixels)


def image_size_of(target: tuple[int, int], channels: int = 1, fit: str = "stretch") -> ImageSize:
    return ImageSize(height=target[1], width=target[0], channels=channels, fit=fit)
