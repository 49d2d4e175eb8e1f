"""The augmentations of the training's screen. Examples are made by a process with TensorFlow: here by the tests."""

import numpy as np
import pytest

from core.augmentation import AUGMENTATIONS, FRESH_AUGMENTATIONS
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_rotation import RandomRotation
from core.augmentation.random_zoom import RandomZoom
from core.message import say
from core.runs import inspection_queue
from core.runs.augmented_images import AugmentedImages
from tests.pages.model.draft_screen import DraftScreen

PAGE = "pages/model/training.py"
ADD = "augmentation_list_add"


@pytest.fixture
def screen(open_with) -> DraftScreen:
    return open_with(PAGE)


def test_it_says_which_images_are_changed(screen):
    assert "images at random, anew in each epoch" in screen.texts
    assert "images stay as they are." in screen.texts
    assert "Without augmentation, each image is the same in every epoch." in screen.texts


@pytest.mark.parametrize("kind", AUGMENTATIONS)
def test_each_kind_can_be_added_and_is_described(screen, kind):
    screen.choose(ADD, kind)
    assert screen.draft.augmentation == (FRESH_AUGMENTATIONS[kind],)
    assert AUGMENTATIONS[kind].summary in screen.texts


def test_what_can_break_a_label_is_warned_of(screen):
    screen.choose(ADD, "RandomZoom")
    assert not screen.app.warning
    screen.choose(ADD, "RandomFlip")
    assert [warning.value for warning in screen.app.warning if "These classes are digits" in warning.value]


def test_settings_are_kept(screen):
    screen.choose(ADD, "RandomRotation")
    screen.fill("factor", 0.25)
    screen.fill("fill_mode", "constant")
    assert screen.draft.augmentation == (RandomRotation(factor=0.25, fill_mode="constant"),)


def test_augmentations_are_moved_removed_and_brought_back(screen):
    for kind in ("RandomFlip", "RandomRotation", "RandomZoom"):
        screen.choose(ADD, kind)
    first, second, third = RandomFlip(mode="horizontal"), RandomRotation(factor=0.05), RandomZoom(height_factor=0.1)
    screen.click("augmentation_list_down_0")
    assert screen.draft.augmentation == (second, first, third)
    screen.click("augmentation_list_up_2")
    assert screen.draft.augmentation == (second, third, first)
    screen.click("augmentation_list_remove_1")
    assert screen.draft.augmentation == (second, first)
    screen.click("undo_undo")
    assert screen.draft.augmentation == (second, third, first)
    screen.app.button(key="augmentation_list_up_0")
    assert screen.app.button(key="augmentation_list_up_0").disabled
    assert screen.app.button(key="augmentation_list_down_2").disabled


def test_examples_are_made_on_demand_and_stay_while_other_settings_change(screen, kept, take):
    screen.choose(ADD, "RandomFlip")
    images = len(screen.app.image)
    screen.click("augmentation_examples_ask")
    asked = take()
    assert asked.payload["copies"] == 7
    answer = AugmentedImages(np.zeros((7, 28, 28, 1), np.uint8))
    assert inspection_queue.finish(kept.database, asked.id, answer.to_result(), answer.to_data())
    screen.run()
    assert len(screen.app.image) == images + 7, "beside the original"
    screen.fill("epochs", 9)
    assert len(screen.app.image) == images + 7
    screen.fill("mode", "vertical")
    assert len(screen.app.image) == images
    screen.click("undo_undo")
    assert len(screen.app.image) == images + 7, "the answer is kept"


def test_another_image_is_another_question(screen, take):
    screen.choose(ADD, "RandomFlip")
    screen.click("augmentation_examples_ask")
    first = take()
    screen.click("example_image_next")
    screen.click("augmentation_examples_ask")
    assert take().payload["image"] != first.payload["image"]


def test_examples_that_failed_say_why(screen, kept, take):
    screen.choose(ADD, "RandomContrast")
    screen.click("augmentation_examples_ask")
    inspection_queue.fail(kept.database, take().id, say("The images are gone."))
    screen.run()
    assert [warning.value for warning in screen.app.warning] == ["The images are gone."]
