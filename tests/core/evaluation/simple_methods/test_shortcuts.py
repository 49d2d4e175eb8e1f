"""Shortcuts that were planted are found, and nothing is where none was."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter
from sklearn.metrics import balanced_accuracy_score

from core.dataset.image_size import ImageSize
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.errors import RunError
from core.evaluation.simple_methods import shortcuts as module
from core.evaluation.simple_methods.cues import CueImages, cues_for, is_border
from core.evaluation.simple_methods.shortcut_messages import summary, told
from core.evaluation.simple_methods.shortcuts import MARGIN, Shortcuts, find_shortcuts
from core.evaluation.simple_methods.visible_rows import VisibleRows
from tests.core.evaluation.visible_pixels import VisiblePixels

PER_CLASS = 60
SIDE = 24
SIZE = ImageSize(height=SIDE, width=SIDE, channels=3)
RED = (200, 30, 30)


def to_nobody(_done: int, _total: int) -> None:
    """Where nobody asks how far it is."""


def with_border(image: Image.Image) -> Image.Image:
    framed = Image.new("RGB", image.size, RED)
    framed.paste(image.crop((2, 2, SIDE - 2, SIDE - 2)), (2, 2))
    return framed


def as_it_is(image: Image.Image) -> Image.Image:
    return image


def wide(image: Image.Image) -> Image.Image:
    return image.resize((2 * SIDE, SIDE))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(1.5))


def tinted(image: Image.Image) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, RED), 0.3)


def planted(folder, plant=as_it_is, compress_level: int = 9) -> Dataset:
    """Noise in two classes; what makes the second differ is ``plant`` and how its files are compressed."""
    random = np.random.default_rng(0)
    for name, change, level in (("plain", as_it_is, 9), ("planted", plant, compress_level)):
        (folder / "images" / name).mkdir(parents=True)
        for number in range(PER_CLASS):
            noise = random.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
            image = change(Image.fromarray(noise).filter(ImageFilter.BoxBlur(0.3)))
            image.save(folder / "images" / name / f"{number:02}.png", compress_level=level)
    return take_in(open_source(folder / "images"), folder / "datasets", to_nobody)


def visible_rows() -> VisibleRows:
    """Every fourth image validates, every sixth is sealed, the rest trains."""
    rows = np.arange(2 * PER_CLASS)
    is_test, is_judged = rows % 6 == 5, rows % 4 == 1
    return VisibleRows(np.flatnonzero(~is_test & ~is_judged), np.flatnonzero(is_judged & ~is_test), len(rows))


def searched(dataset: Dataset) -> Shortcuts:
    return find_shortcuts(dataset, SIZE, visible_rows(), to_nobody)


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Dataset:
    return planted(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def of_clean(clean) -> Shortcuts:
    return searched(clean)


@pytest.mark.parametrize(
    ("plant", "compress_level", "found"),
    [
        (as_it_is, 0, {"file_size"}),
        (with_border, 9, {"border"}),
        (wide, 9, {"aspect_ratio"}),
        (blurred, 9, {"blur"}),
        (tinted, 9, {"mean_colour"}),
    ],
    ids=["file size", "border", "proportions", "blur", "colour"],
)
def test_what_was_planted_is_found_and_said(tmp_path, plant, compress_level, found):
    shortcuts = searched(planted(tmp_path, plant, compress_level))
    suspected = {finding.name: finding for finding in shortcuts.suspected}
    assert found <= set(suspected)
    (name,) = found
    assert suspected[name].accuracy > 0.9
    assert shortcuts.strength(suspected[name]) > 0.8
    text = str(told(shortcuts, suspected[name]))
    assert text.startswith(f"From {suspected[name].cue.told} alone, ")
    assert "A net can use that instead of what is in the picture." in text
    assert "artefact" in text


def test_without_anything_planted_nothing_is_found(of_clean):
    assert of_clean.suspected == []
    assert set(of_clean.of) == {"border", "file_size", "aspect_ratio", "mean_colour", "blur"}


@pytest.mark.parametrize(
    ("interval", "begins"),
    [
        ((0.42, 0.6), "None of these cues comes close to telling the classes: the best of them, "),
        ((0.57, 0.87), "Too few validation images to tell: "),  # 21 of 28
        ((0.63, 0.9), "5 cues tell the classes clearly better than guessing"),
    ],
)
def test_only_a_range_below_the_threshold_speaks_against_a_shortcut(of_clean, interval, begins):
    alike = {name: replace(finding, interval=interval) for name, finding in of_clean.of.items()}
    assert str(summary(replace(of_clean, guessing=0.5, of=alike))).startswith(begins)


def test_too_few_images_are_said_with_the_range_and_the_threshold(of_clean):
    blur = replace(of_clean.of["blur"], accuracy=21 / 28, interval=(0.566, 0.873))
    shortcuts = replace(of_clean, guessing=0.5, of={"blur": blur})
    assert (shortcuts.suspected, shortcuts.left_open) == ([], [blur])
    assert "the sharpness alone is right on 75%, which can mean 57% to 87%" in str(summary(shortcuts))
    assert "suspected from 62% on" in str(summary(shortcuts))


def test_figures_are_those_of_the_answers(of_clean):
    for finding in of_clean.of.values():
        assert finding.accuracy == (finding.answers == of_clean.truth).mean()
        assert finding.balanced_accuracy == pytest.approx(balanced_accuracy_score(of_clean.truth, finding.answers))
        assert finding.interval[0] < finding.accuracy < finding.interval[1]
    assert of_clean.guessing == np.mean(of_clean.truth == 0)


@pytest.mark.parametrize(
    ("guessing", "low", "is_suspected"),
    [(0.1, 0.32, False), (0.1, 0.33, True), (0.5, 0.62, False), (0.5, 0.63, True), (0.95, 0.97, True)],
)
def test_the_margin_is_a_share_of_what_guessing_gets_wrong(of_clean, guessing, low, is_suspected):
    assert MARGIN == 0.25
    shortcuts = replace(of_clean, guessing=guessing)
    finding = replace(of_clean.of["blur"], interval=(low, 1.0))
    assert shortcuts.is_suspected(finding) is is_suspected


def test_several_suspicions_are_counted(of_clean):
    certain = {name: replace(finding, interval=(0.9, 1.0)) for name, finding in of_clean.of.items()}
    assert str(summary(replace(of_clean, of=certain))).startswith("5 cues tell the classes clearly better")


def test_test_images_are_never_looked_at(clean, of_clean, monkeypatch):
    visible, pixels = visible_rows(), module.pixels
    seen = np.concatenate([visible.train, visible.validation])
    monkeypatch.setattr(module, "pixels", lambda *asked: VisiblePixels(np.asarray(pixels(*asked)), seen))
    sealed = clean.images.copy()
    is_test = ~np.isin(np.arange(len(sealed)), seen)
    sealed.loc[is_test, ["label", "width", "height", "bytes"]] = [1, 7, 11, 13]
    found = searched(replace(clean, images=sealed))
    assert found.result() == of_clean.result()
    assert found.data() == of_clean.data()


def test_what_is_kept_can_be_read_again(of_clean):
    read = Shortcuts.read(json.loads(json.dumps(of_clean.result())), of_clean.data())
    assert read.result() == of_clean.result()
    assert read.data() == of_clean.data()
    assert read.values["file_size"].shape == (len(read.shown_rows), 1)
    assert read.values["mean_colour"].shape == (len(read.shown_rows), 3)


def test_the_border_is_a_tenth_of_the_shorter_side():
    assert is_border(20, 40).sum() == 20 * 40 - 16 * 36
    assert is_border(5, 5).sum() == 25 - 9


def test_tiny_images_are_nearly_all_border_and_are_not_asked_for_it(clean):
    tiny = CueImages(np.zeros((3, 4, 4, 1), dtype=np.uint8), clean.images, np.array([0, 2]))
    assert "border" not in cues_for(tiny)


def test_images_with_numbers_have_no_shortcuts_to_classes(clean):
    with pytest.raises(RunError, match="these have numbers"):
        searched(replace(clean, class_names=()))
