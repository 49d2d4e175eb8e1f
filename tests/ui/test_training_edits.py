from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.augmentation.random_contrast import RandomContrast
from core.augmentation.random_rotation import RandomRotation
from core.augmentation.random_zoom import RandomZoom
from core.dataset.image_size import ImageSize
from core.objective import EarlyStopping
from core.recipe import Recipe, default_recipe
from ui import augmentation_edits, session, training_edits

TURNED, ZOOMED, CONTRASTED = RandomRotation(factor=0.1), RandomZoom(height_factor=0.1), RandomContrast(factor=0.1)


@dataclass
class Draft:
    """The draft of a session, without a project around it."""

    now: Recipe


@pytest.fixture
def draft(monkeypatch, session_state) -> Draft:
    recipe = default_recipe(ImageSize(height=8, width=8, channels=1), 2)
    kept = Draft(recipe.model_copy(update={"augmentation": (TURNED, ZOOMED, CONTRASTED)}))
    monkeypatch.setattr(session, "draft", lambda: kept.now)
    monkeypatch.setattr(session, "save_draft", lambda recipe: setattr(kept, "now", recipe))
    return kept


@pytest.fixture
def toasts(monkeypatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(training_edits.st, "toast", lambda text, icon: said.append(text))
    return said


def test_what_was_typed_is_kept(draft):
    training_edits.saving()("epochs", 9)
    training_edits.saving("optimizer")("beta_1", 0.5)
    assert draft.now.training.epochs == 9
    assert draft.now.training.optimizer.beta_1 == 0.5


def test_a_form_that_is_out_of_date_has_no_say(draft):
    before = draft.now
    saves = [training_edits.saving(), training_edits.saving("optimizer")]
    session.renew_forms()
    for save, name, value in zip(saves, ("epochs", "beta_1"), (9, 0.5), strict=True):
        save(name, value)
    assert draft.now == before


def test_a_setting_of_what_was_turned_off_a_moment_before_is_forgotten(draft):
    training_edits.change(early_stopping=EarlyStopping(patience=2))
    save = training_edits.saving("early_stopping")
    training_edits.change(early_stopping=None)
    save("patience", 3)
    assert draft.now.training.early_stopping is None


def test_a_value_that_cannot_be_is_explained(draft, toasts):
    before = draft.now
    training_edits.change_within("optimizer", clipnorm=1.0)
    training_edits.change_within("optimizer", clipvalue=1.0)
    training_edits.change(epochs=0)
    assert draft.now.training.optimizer == before.training.optimizer.model_copy(update={"clipnorm": 1.0})
    assert draft.now.training.epochs == before.training.epochs
    assert len(toasts) == 2
    assert "epochs must be at least 1; received 0" in toasts[1]


MOVES = [(1, (ZOOMED, TURNED, CONTRASTED)), (2, (TURNED, CONTRASTED, ZOOMED))]


@pytest.mark.parametrize(("position", "expected"), MOVES)
def test_an_augmentation_moves_up(draft, position, expected):
    augmentation_edits.move_up(session.generation(), position)
    assert draft.now.augmentation == expected


STALE: list[Callable[[int], None]] = [
    lambda generation: augmentation_edits.move_up(generation, 1),
    lambda generation: augmentation_edits.remove(generation, 0),
    lambda generation: augmentation_edits.type_in(generation, 0, "factor", 0.5),
]


@pytest.mark.parametrize("edit", STALE)
def test_a_second_click_on_a_list_that_is_out_of_date_does_nothing(draft, edit):
    generation = session.generation()
    augmentation_edits.remove(generation, 2)
    edit(generation)
    assert draft.now.augmentation == (TURNED, ZOOMED)
