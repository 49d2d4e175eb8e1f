import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.dataset.decode import decode, read_picture
from core.dataset.image_file import open_image
from core.dataset.refused_file_error import RefusedFileError
from tests.core.dataset.builders import image_bytes, noise, plain


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header speaks of a huge image, worked by hand from the format."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("file_format", "expected"),
    [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("BMP", "bmp"), ("WEBP", "webp"), ("TIFF", "tiff")],
)
def test_each_format_is_known_by_its_content_whatever_its_name(file_format, expected):
    header = read_picture(plain(100, "RGB", (9, 5), file_format), "misnamed.xyz").header
    assert (header.format, header.width, header.height) == (expected, 9, 5)


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (b"", "a.png", "is empty (0 bytes)"),
        (b"hello", "a.png", "is not an image, although its name ends in .png"),
        (b"hello", "a.JPG", "is not an image, although its name ends in .jpg"),
        (b"hello", "a.txt", "kind .txt cannot be used. Use PNG, JPEG, GIF, BMP, WebP or TIFF."),
        (b"hello", "LICENSE", "is not an image that can be read"),
        (b"PK\x03\x04", "more.zip", "archive inside the data is not opened"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo.jpg", "HEIC file, as iPhones take them"),
        (b"?", "photo.HEIC", "HEIC file, as iPhones take them"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "photo", "is an AVIF file"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "drawing", "SVG file: a drawing out of lines"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><svg width="9">', "a.xml", "SVG file: a drawing out of lines"),
        (b"<!DOCTYPE html><svg></svg>", "page.html", "kind .html cannot be used"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "damaged or was cut off"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "damaged or was cut off"),
        (b"RIFF\x04\0\0\0WAVE", "a.wav", "damaged or was cut off"),
        (png_that_claims(30_000, 30_000), "a.png", "30,000 × 30,000 pixels; the most is 50 million"),
        (png_that_claims(7_072, 7_071), "a.png", "7,072 × 7,071 pixels"),
    ],
)
def test_what_is_no_usable_image_is_refused_with_its_reason(data, path, reason):
    with pytest.raises(RefusedFileError) as refused:
        open_image(data, path)
    assert reason in str(refused.value)


def test_fifty_megapixels_are_taken():
    image, _ = open_image(png_that_claims(10_000, 5_000))
    assert image.width == 10_000


def test_the_size_is_that_of_the_image_as_it_is_looked_at():
    exif = Image.Exif()
    exif[0x0112] = 6
    header = read_picture(image_bytes(Image.new("RGB", (9, 5)), "JPEG", exif=exif)).header
    assert (header.width, header.height) == (5, 9)


def moving(file_format: str) -> bytes:
    frames = [Image.fromarray(noise(4, 5, seed=seed)) for seed in range(3)]
    return image_bytes(frames[0], file_format, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "TIFF", "WEBP"])
def test_frames_and_pages_are_counted_and_the_first_is_taken(file_format):
    picture = read_picture(moving(file_format))
    assert picture.header.frames == 3
    assert picture.image.tobytes() == decode(moving(file_format)).tobytes()
    if file_format in ("PNG", "TIFF"):  # without loss
        assert picture.image.tobytes() == noise(4, 5, seed=0).tobytes()


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_a_file_that_does_not_move_has_one_frame(file_format):
    assert read_picture(plain(100, "RGB", (9, 5), file_format)).header.frames == 1


ORIGINALS = [
    image_bytes(Image.fromarray(noise(12, 10)), file_format)
    for file_format in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
]


@given(st.sampled_from(ORIGINALS), st.data())
def test_damaged_bytes_are_decoded_or_refused_and_never_crash(original, data):
    damaged = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    damaged = damaged[: data.draw(st.integers(1, len(damaged)))]
    try:
        image = decode(bytes(damaged), "a.png")
    except RefusedFileError:
        return
    assert image.mode in ("L", "RGB")
