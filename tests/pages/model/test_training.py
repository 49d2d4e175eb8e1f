from collections.abc import Callable

import pytest

from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.objective import OPTIMIZERS, Adam
from core.objective.optimizers import SGD, AdamW
from tests.pages.model.draft_screen import DraftScreen

PAGE = "pages/model/training.py"
WITHOUT_SOFTMAX = (Flatten(), Dense(units=10))


@pytest.fixture
def training_screen(open_with) -> Callable[..., DraftScreen]:
    return lambda layers=None, **training: open_with(PAGE, layers, **training)


def test_a_new_project_is_trained_with_adam_for_five_epochs(training_screen):
    screen = training_screen()
    assert screen.field("Loss").value == "categorical_crossentropy"
    assert screen.field("Optimizer").value == "Adam"
    assert screen.field("learning_rate").value == pytest.approx(0.001)
    # 70 % of 120 images, and ceil(84 ÷ 32) updates
    assert "**84** training images ÷ **32** per batch = **3** updates per epoch, **15** in all." in screen.texts
    assert "The last batch of each epoch has 20 images." in screen.texts
    assert screen.errors == []
    assert not screen.app.button(key="training_next").disabled


COURSE = [("batch_size", 84), ("epochs", 12), ("seed", 2**32 - 1)]


@pytest.mark.parametrize(("label", "value"), COURSE)
def test_the_course_is_kept(training_screen, label, value):
    screen = training_screen()
    screen.fill(label, value)
    assert getattr(screen.draft.training, label) == value


def test_updates_are_counted_anew(training_screen):
    screen = training_screen()
    screen.fill("batch_size", 83)
    screen.fill("epochs", 1)
    assert "= **2** updates per epoch, **2** in all." in screen.texts
    assert "The last batch of each epoch has 1 image." in screen.texts
    screen.fill("batch_size", 84)
    assert "The last batch" not in screen.texts


def test_an_optimizer_begins_with_its_defaults_and_keeps_its_settings(training_screen):
    screen = training_screen()
    screen.fill("learning_rate", 0.5)
    assert screen.draft.training.optimizer == Adam(learning_rate=0.5)
    for kind in reversed(OPTIMIZERS):
        screen.fill("Optimizer", kind)
        assert screen.draft.training.optimizer == OPTIMIZERS[kind]()
    screen.fill("Optimizer", "SGD")
    screen.fill("momentum", 0.9)
    screen.fill("nesterov", True)
    assert screen.draft.training.optimizer == SGD(momentum=0.9, nesterov=True)


BOUNDS = [("learning_rate", 100.0), ("learning_rate", 1e-9), ("beta_1", 0.0), ("weight_decay", 1.0), ("epsilon", 1.0)]


@pytest.mark.parametrize(("label", "value"), BOUNDS)
def test_a_setting_may_go_to_its_bound(training_screen, label, value):
    screen = training_screen(optimizer=AdamW())
    screen.fill(label, value)
    assert getattr(screen.draft.training.optimizer, label) == pytest.approx(value)


def test_a_beta_of_nearly_one_stays_below_one(training_screen):
    screen = training_screen()
    highest = screen.field("beta_2").max
    screen.fill("beta_2", highest)
    assert 0.999 < screen.draft.training.optimizer.beta_2 < 1


LOSSES = [
    ("sparse_categorical_crossentropy", None),
    ("binary_crossentropy", "Binary cross-entropy judges each of the 10 answers by itself"),
    ("mean_squared_error", "it is the Brier score"),
]


@pytest.mark.parametrize(("loss", "warning"), LOSSES)
def test_a_loss_is_kept_and_judged_together_with_the_output(training_screen, loss, warning):
    screen = training_screen()
    screen.fill("Loss", loss)
    assert screen.draft.training.loss == loss
    assert [warning in found.value for found in screen.app.warning] == ([True] if warning else [])
    assert not screen.app.button(key="training_next").disabled


def test_a_fix_can_put_back_the_loss(training_screen):
    screen = training_screen()
    before = screen.draft
    screen.fill("Loss", "binary_crossentropy")
    screen.click("training_fix_0_0")
    assert screen.draft == before
    assert screen.field("Loss").value == "categorical_crossentropy", "the form follows"
    assert list(screen.app.warning) == []


def test_an_output_that_the_loss_cannot_take_is_mended_by_a_click(training_screen):
    screen = training_screen(WITHOUT_SOFTMAX)
    [error] = screen.errors
    assert error.startswith("Layer 2: ")
    assert "categorical_crossentropy expects probabilities" in error
    following = screen.app.button(key="training_next")
    assert following.disabled
    assert "expects probabilities" in following.help
    screen.click("training_fix_0_0")
    assert screen.layers == (Flatten(), Dense(units=10, activation="softmax"))
    assert screen.errors == []
    assert not screen.app.button(key="training_next").disabled


def test_the_screen_is_there_in_korean_too(app, training_screen):
    app.query_params["lang"] = "ko"
    screen = training_screen(WITHOUT_SOFTMAX, loss="mean_squared_error")
    assert [title.value for title in screen.app.title] != ["Training"]
