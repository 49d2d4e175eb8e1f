"""What is stored has no notes, and its pixels are those of the file that came."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.dataset.decode import decode, read_picture
from core.dataset.metadata import stored_form
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.store import original, pixels
from tests.core.dataset.builders import image_bytes, noise, plain, reasons, take, zip_of
from tests.core.dataset.notes import LOSSLESS, PICTURE, SAVED_ANEW, SECRET, WITHOUT_NOTES, exif, jpeg

NAMES_OF_NOTES = (SECRET, b"Exif\0", b"xmpmeta", b"eXIf", b"8BIM")


def stored(data: bytes):
    return stored_form(data, read_picture(data))


def has_notes(data: bytes) -> bool:
    return any(name in data for name in NAMES_OF_NOTES)


@pytest.mark.parametrize("kind", [*LOSSLESS, *SAVED_ANEW])
def test_notes_are_removed_and_no_pixel_changes(kind):
    data = (LOSSLESS | SAVED_ANEW)[kind]()
    assert SECRET in data
    form = stored(data)
    assert form.is_cleaned
    assert not has_notes(form.data)
    assert np.array_equal(np.asarray(form.image), np.asarray(decode(data)))
    assert np.array_equal(np.asarray(decode(form.data)), np.asarray(decode(data)))


@pytest.mark.parametrize("kind", LOSSLESS)
def test_notes_are_cut_out_and_the_rest_of_the_file_stays(kind):
    data = LOSSLESS[kind]()
    form = stored(data)
    assert form.format == read_picture(data).header.format
    assert len(form.data) < len(data)
    assert Image.open(io.BytesIO(form.data)).mode == Image.open(io.BytesIO(data)).mode
    assert stored(form.data).data == form.data


@pytest.mark.parametrize("kind", SAVED_ANEW)
def test_what_cannot_be_cut_is_saved_as_png(kind):
    assert stored(SAVED_ANEW[kind]()).format == "png"


@pytest.mark.parametrize("kind", WITHOUT_NOTES)
def test_a_file_without_notes_is_stored_byte_for_byte(kind):
    data = WITHOUT_NOTES[kind]()
    form = stored(data)
    assert form.data == data
    assert not form.is_cleaned


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_turned_jpeg_is_stored_upright_as_jpeg_of_full_colour(orientation, mode):
    picture = Image.linear_gradient("L").resize((40, 24)).convert(mode)
    data = image_bytes(picture, "JPEG", quality=95, exif=exif(orientation), comment=SECRET)
    form = stored(data)
    upright = np.asarray(decode(data)).astype(int)
    saved = Image.open(io.BytesIO(form.data))
    assert (form.format, form.is_cleaned, saved.size) == ("jpg", True, decode(data).size)
    assert {(h, v) for _, h, v, _ in saved.layer} == {(1, 1)}
    assert not has_notes(form.data)
    assert np.abs(np.asarray(form.image).astype(int) - upright).max() <= 6
    assert np.array_equal(np.asarray(decode(form.data)), np.asarray(form.image))


ALL = [make() for make in (*LOSSLESS.values(), *SAVED_ANEW.values(), *WITHOUT_NOTES.values())]


@given(st.sampled_from(ALL), st.data())
def test_of_damaged_files_the_stored_form_has_the_same_pixels_too(original, data):
    damaged = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = read_picture(bytes(damaged))
    except RefusedFileError:
        return
    form = stored_form(bytes(damaged), picture)
    assert np.array_equal(np.asarray(decode(form.data)), np.asarray(form.image))
    if not (picture.is_turned and form.format == "jpg"):
        assert np.array_equal(np.asarray(form.image), np.asarray(picture.image))


@given(
    st.sampled_from(["PNG", "JPEG", "WEBP", "TIFF", "GIF"]),
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(0, 9),
    st.sampled_from(["L", "RGB"]),
)
def test_notes_of_any_image_are_removed_without_a_change_of_its_pixels(file_format, height, width, seed, mode):
    picture = Image.fromarray(noise(height, width, seed=seed)).convert(mode)
    options = {"comment": SECRET} if file_format == "GIF" else {"exif": exif()}
    data = image_bytes(picture, file_format, **options)
    form = stored(data)
    assert form.is_cleaned
    assert not has_notes(form.data)
    assert np.array_equal(np.asarray(decode(form.data)), np.asarray(decode(data)))


def test_nothing_in_the_folder_of_a_dataset_tells_where_a_photo_was_taken(tmp_path):
    kinds = LOSSLESS | SAVED_ANEW | {"turned JPEG": lambda: jpeg(exif=exif(6, thumbnail=True))}
    files = {f"{'ab'[number % 2]}/{number}": make() for number, make in enumerate(kinds.values())}
    dataset = take(zip_of(tmp_path / "a.zip", files | {"a/plain.png": plain(3)}), tmp_path / "datasets")
    assert reasons(dataset) == {}
    assert dict(zip(dataset.images["path"], dataset.images["cleaned"], strict=True)) == {
        path: path != "a/plain.png" for path in sorted({*files, "a/plain.png"})
    }
    written = [path for path in (tmp_path / "datasets").rglob("*") if path.is_file()]
    assert len(written) == len(dataset.images) + len(["array", "manifest", "meta"])
    assert [path.name for path in written if has_notes(path.read_bytes())] == []


def test_an_image_is_turned_once(tmp_path):
    files = {"a/turned.jpg": jpeg(exif=exif(6)), "b/turned.png": image_bytes(PICTURE, exif=exif(6))}
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert dataset.images[["height", "width"]].to_numpy().tolist() == [[20, 24], [20, 24]]
    assert dataset.image_size.shape == (20, 24, 3)
    for position in range(2):
        stored_pixels = np.asarray(decode(original(dataset, position).read_bytes()))
        assert np.array_equal(pixels(dataset, dataset.image_size)[position], stored_pixels)
    assert np.array_equal(pixels(dataset, dataset.image_size)[1], np.rot90(np.asarray(PICTURE), k=-1))
