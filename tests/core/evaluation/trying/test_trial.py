"""A trained net that is asked about an image sees the pixels that it would have been trained on."""

import numpy as np
import pytest
from PIL import Image

from core.dataset.decode import decode
from core.dataset.image_size import ImageSize
from core.dataset.limits import Limits
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources import open_source
from core.dataset.store import pixels
from core.evaluation.trying.trial import Trial, opened
from core.runs.decisions import Decision
from tests.core.dataset.builders import image_bytes, noise, plain, reasons, take, zip_of
from tests.core.dataset.notes import LOSSLESS, SAVED_ANEW, WITHOUT_NOTES, exif

PHOTO = Image.fromarray(noise(40, 60))
GREY = PHOTO.convert("L")


def alpha(mode: str) -> Image.Image:
    image = PHOTO.convert(mode)
    image.putalpha(Image.linear_gradient("L").resize(PHOTO.size))
    return image


FILES = {
    "grey": image_bytes(GREY),
    "colour": image_bytes(PHOTO),
    "alpha": image_bytes(alpha("RGB")),
    "grey alpha": image_bytes(alpha("L")),
    "palette": image_bytes(PHOTO.convert("P", palette=Image.Palette.ADAPTIVE, colors=16), transparency=3),
    "black and white": image_bytes(GREY.convert("1")),
    "16 bits": image_bytes(Image.fromarray(np.asarray(GREY).astype(np.uint16) * 257)),
    "cmyk": image_bytes(PHOTO.convert("CMYK"), "JPEG"),
    "gif": image_bytes(PHOTO.quantize(8), "GIF"),
    "bmp": image_bytes(PHOTO, "BMP"),
    "large": image_bytes(Image.fromarray(noise(700, 500))),
    "one pixel": plain(7, size=(1, 1)),
    **{f"turned jpeg {turn}": image_bytes(PHOTO, "JPEG", quality=80, exif=exif(turn)) for turn in range(1, 9)},
    **{f"turned png {turn}": image_bytes(PHOTO, exif=exif(turn)) for turn in (3, 6)},
    **{name: make() for name, make in {**LOSSLESS, **SAVED_ANEW, **WITHOUT_NOTES}.items()},
}
SIZES = [
    ImageSize(height=28, width=28, channels=1),
    ImageSize(height=20, width=36, channels=3, fit="pad"),
    ImageSize(height=36, width=20, channels=3, fit="crop"),
    ImageSize(height=40, width=60, channels=1, fit="stretch"),
]


class _Recipe:
    def __init__(self, image: ImageSize) -> None:
        self.image = image


class _Run:
    def __init__(self, image: ImageSize) -> None:
        self.recipe = _Recipe(image)


def trial_of(image_size: ImageSize, predictor=None, class_names=()) -> Trial:
    return Trial(_Run(image_size), class_names, Decision(), predictor)


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """All files, taken in as a person would, in two classes."""
    folder = tmp_path_factory.mktemp("taken")
    files = {f"{'ab'[number % 2]}/{name}": data for number, (name, data) in enumerate(FILES.items())}
    dataset = take(zip_of(folder / "all.zip", files), folder / "datasets")
    assert reasons(dataset) == {}
    return dataset


@pytest.mark.parametrize("image_size", [*SIZES, None], ids=lambda size: "as suggested" if size is None else str(size))
def test_a_file_that_is_tried_gives_the_pixels_that_were_trained_on(taken, image_size):
    image_size = image_size or taken.image_size  # the array of the suggested size is made by the intake itself
    trained_on = pixels(taken, image_size)
    names = [path.split("/", 1)[1] for path in taken.images["path"]]
    seen = {name: trial_of(image_size).seen(opened(FILES[name])) for name in names}
    assert len(seen) == len(FILES)
    assert [name for name, row in zip(names, trained_on, strict=True) if not np.array_equal(seen[name], row)] == []


@pytest.mark.parametrize("sample", ["digits", "animals", "gauges", "bursts"])
def test_so_does_every_image_of_the_sample_sets(tmp_path, sample):
    members = list(open_source(sample).members())[::197]
    files = {f"{'ab'[number % 2]}/{number:05}.png": member.read() for number, member in enumerate(members)}
    dataset = take(zip_of(tmp_path / "some.zip", files), tmp_path / "datasets")
    trial = trial_of(dataset.image_size)
    seen = [trial.seen(opened(files[path])) for path in dataset.images["path"]]
    assert np.array_equal(np.stack(seen), pixels(dataset, dataset.image_size))


def test_a_turned_jpeg_is_tried_as_it_is_stored_and_not_as_it_came():
    """It is saved anew where it is taken in, and loses a little by that: that is what was trained on."""
    data = FILES["turned jpeg 6"]
    assert not np.array_equal(np.asarray(opened(data)), np.asarray(decode(data)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no image at all", "not an image"),
        (image_bytes(PHOTO)[:900], "damaged or was cut off"),
        (bytes(Limits().file_bytes + 1), "Make the image smaller"),
        (image_bytes(Image.new("1", (8000, 8000))), "8,000 × 8,000 pixels"),
    ],
)
def test_what_is_no_usable_image_is_refused_with_the_sentences_of_the_intake(data, reason):
    with pytest.raises(RefusedFileError, match=reason):
        opened(data, "a.png")


def test_a_trial_asks_the_model_about_what_it_sees():
    asked = []

    class _Predictor:
        def predict(self, images):
            asked.append(images)
            return np.tile(np.float32([[0.1, 0.7, 0.2]]), (len(images), 1))

    trial = trial_of(SIZES[0], _Predictor(), ("a", "b", "c"))
    seen = [trial.seen(GREY), trial.seen(PHOTO)]
    assert [answer.answer for answer in trial.ask(seen)] == [1, 1]
    assert np.array_equal(asked[0], np.stack(seen))
    assert asked[0].dtype == np.uint8
