"""What augmentation makes of one of the user's own training images."""

from functools import partial

import streamlit as st

from core.recipe import Recipe
from core.runs import inspections
from core.runs.augmented_images import AugmentedImages
from core.runs.inspections import Inspection
from ui import example_image, image_wall, inspection_wait, session
from ui.example_image import Example
from ui.text import _

COPIES = 7
_ASKED = "augmentation_examples_asked"
_SIDE = 76


def show(recipe: Recipe) -> None:
    """Draws an image, and behind one click copies of it as the net would see them in so many epochs."""
    if not recipe.augmentation:
        st.caption(_("Without augmentation, each image is the same in every epoch."))
        return
    if not len(session.assignment().rows("train")):
        st.caption(_("The split leaves no training image to show this on."))
        return
    example = example_image.show(recipe)
    question = _question(recipe, session.needed_dataset().id, example.row)
    asked, inspection_id = st.session_state.get(_ASKED, (None, None))
    if asked == question:
        ask = partial(_ask, recipe, example.row)
        inspection_wait.show(inspection_id, partial(_draw, example), ask)
        return
    _show_original(example)
    st.button(
        _("Show examples"),
        key="augmentation_examples_ask",
        icon=":material/grid_view:",
        on_click=_ask,
        args=(recipe, example.row),
    )


def _question(recipe: Recipe, dataset_id: str, row: int) -> tuple:
    """What the copies depend on; the answer stays while anything else is edited."""
    return recipe.image, recipe.augmentation, recipe.training.seed, dataset_id, row


def _ask(recipe: Recipe, row: int) -> None:
    dataset_id = session.needed_dataset().id
    inspection = inspections.ask_augmented_images(session.database(), recipe, dataset_id, row, COPIES)
    st.session_state[_ASKED] = (_question(recipe, dataset_id, row), inspection.id)


def _draw(example: Example, inspection: Inspection) -> None:
    copies = AugmentedImages.from_answer(inspection.result or {}, inspection.data or b"").images
    alts = [_("The original"), *(_("Copy {number}").format(number=number) for number in range(1, len(copies) + 1))]
    image_wall.show([example.pixels, *copies], side=_SIDE, alts=alts, captions=[_("original"), *[""] * len(copies)])


def _show_original(example: Example) -> None:
    image_wall.show([example.pixels], side=_SIDE, alts=[_("The original")], captions=[_("original")])
