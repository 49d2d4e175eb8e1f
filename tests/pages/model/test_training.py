from collections.abc import Callable

import pytest

from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.objective import OPTIMIZERS, SCHEDULES, Adam, EarlyStopping, ReduceLROnPlateau
from core.objective.optimizers import SGD, AdamW
from core.objective.schedules import CosineDecay, OneCycle, StepDecay
from tests.pages.model.draft_screen import DraftScreen
from ui import course_form

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


def test_one_way_of_clipping_at_most_is_set(training_screen):
    screen = training_screen()
    screen.fill("Clip gradients", "clipnorm")
    assert screen.draft.training.optimizer == Adam(clipnorm=1.0)
    screen.fill("Clip gradients", "clipvalue")
    screen.fill("clipvalue", 0.5)
    assert screen.draft.training.optimizer == Adam(clipvalue=0.5)
    screen.fill("clipvalue", None)
    assert screen.draft.training.optimizer == Adam()
    assert screen.field("Clip gradients").value is None


def test_weight_decay_can_be_set_and_taken_back(training_screen):
    screen = training_screen()
    screen.fill("weight_decay", 0.01)
    assert screen.draft.training.optimizer == Adam(weight_decay=0.01)
    screen.fill("weight_decay", None)
    assert screen.draft.training.optimizer == Adam()


def test_a_schedule_begins_with_its_defaults_and_keeps_its_settings(training_screen):
    screen = training_screen()
    for kind in reversed(SCHEDULES):
        screen.fill("Schedule", kind)
        assert screen.draft.training.schedule == SCHEDULES[kind]()
    screen.fill("Schedule", "StepDecay")
    screen.fill("decay_rate", 0.1)
    screen.fill("decay_epochs", 2.0)
    screen.fill("warmup_epochs", 1.0)
    assert screen.draft.training.schedule == StepDecay(decay_rate=0.1, decay_epochs=2.0, warmup_epochs=1.0)


TOLD = [
    ({}, "The learning rate is 0.001 from the first update to the last."),
    ({"schedule": StepDecay(decay_epochs=2)}, "falls from 0.001 to 0.00025, until the end of epoch 5."),
    ({"schedule": CosineDecay(warmup_epochs=1)}, "rises from 0 to 0.001 until epoch 1, then falls to"),
    (
        {"schedule": OneCycle(rise=0.4), "optimizer": Adam(learning_rate=0.1)},
        "from 0.004 to 0.1 until epoch 1.67, then",
    ),
]


@pytest.mark.parametrize(("training", "expected"), TOLD)
def test_the_learning_rate_is_drawn_and_told_before_training(training_screen, training, expected):
    screen = training_screen(**training)
    assert expected in screen.texts
    assert len(screen.app.get("vega_lite_chart")) == 1
    [table] = [each.value for each in screen.app.dataframe if "learning_rate" in each.value]
    assert table["epoch"].iloc[[0, -1]].tolist() == [0, 5]
    assert table["step"].iloc[-1] == 15, "5 epochs of 3 updates"


def test_what_a_plateau_would_change_is_not_drawn_and_said_so(training_screen):
    screen = training_screen(reduce_on_plateau=ReduceLROnPlateau(factor=0.2, patience=1))
    assert "Not drawn: times 0.2 whenever" in screen.texts


def test_a_warm_up_without_an_end_is_told_beside_the_curve_and_mended(training_screen):
    screen = training_screen(schedule=CosineDecay(warmup_epochs=9))
    assert len(screen.app.warning) == 1
    screen.click("training_rate_fix_0_0")
    assert screen.draft.training.schedule == CosineDecay(warmup_epochs=0.5)
    assert screen.field("warmup_epochs").value == pytest.approx(0.5), "the form follows"
    assert list(screen.app.warning) == []


def test_early_stopping_is_switched_on_with_a_patience_that_fits_the_epochs(training_screen):
    screen = training_screen(epochs=12)
    screen.fill("Early stopping", True)
    assert screen.draft.training.early_stopping == EarlyStopping(patience=3), "a quarter of the epochs"
    screen.fill("monitor", "val_accuracy")
    screen.fill("min_delta", 0.05)
    screen.fill("start_from_epoch", 2)
    expected = EarlyStopping(patience=3, monitor="val_accuracy", min_delta=0.05, start_from_epoch=2)
    assert screen.draft.training.early_stopping == expected
    screen.fill("Early stopping", False)
    assert screen.draft.training.early_stopping is None


def test_smaller_steps_on_a_plateau_can_be_set(training_screen):
    screen = training_screen(epochs=100)
    screen.fill("Smaller steps on a plateau", True)
    assert screen.draft.training.reduce_on_plateau == ReduceLROnPlateau(factor=0.5, patience=3)
    screen.fill("cooldown", 2)
    screen.fill("min_lr", 1e-5)
    assert screen.draft.training.reduce_on_plateau == ReduceLROnPlateau(factor=0.5, patience=3, cooldown=2, min_lr=1e-5)


def test_early_stopping_that_never_comes_is_told_beside_the_course(training_screen):
    screen = training_screen(early_stopping=EarlyStopping(patience=5))
    assert "Early stopping cannot make this training shorter" in screen.app.warning[0].value
    screen.click("training_course_fix_0_0")
    assert screen.draft.training.epochs == 20
    assert screen.field("epochs").value == 20


@pytest.mark.parametrize("figure", [None, "val_loss", "val_accuracy"])
def test_the_weights_that_are_kept_can_be_chosen(training_screen, figure):
    screen = training_screen()
    screen.fill("Weights of the finished model", figure)
    assert screen.draft.training.keep_best == figure


@pytest.mark.parametrize(
    ("there_is_a_gpu", "is_on", "is_offered"), [(False, False, False), (True, False, True), (False, True, True)]
)
def test_mixed_precision_is_offered_where_it_helps_or_is_on(
    training_screen, monkeypatch, there_is_a_gpu, is_on, is_offered
):
    monkeypatch.setattr(course_form, "has_gpu", lambda: there_is_a_gpu)
    screen = training_screen(mixed_precision=is_on)
    assert ("mixed_precision" in [toggle.label for toggle in screen.app.toggle]) is is_offered


def test_metrics_are_kept_in_the_order_of_their_table(training_screen):
    screen = training_screen()
    screen.fill("Measured besides loss and accuracy", ["mean_absolute_error", "top_3_accuracy"])
    assert screen.draft.training.metrics == ("top_3_accuracy", "mean_absolute_error")
    screen.fill("Measured besides loss and accuracy", [])
    assert screen.draft.training.metrics == ()


def test_metrics_that_cannot_be_measured_here_are_not_offered(training_screen):
    screen = training_screen(loss="sparse_categorical_crossentropy")
    offered = screen.field("Measured besides loss and accuracy").options
    assert offered == ["Top-3 accuracy", "Top-5 accuracy"], "labels are numbers: no distance to them"


def test_only_some_losses_have_label_smoothing(training_screen):
    screen = training_screen()
    screen.fill("label_smoothing", 0.1)
    assert screen.draft.training.label_smoothing == pytest.approx(0.1)
    screen.fill("Loss", "sparse_categorical_crossentropy")
    assert "cannot smooth its labels" in screen.errors[0]
    screen.click("training_fix_0_1")
    assert screen.draft.training.label_smoothing == 0
    assert "label_smoothing" not in [field.label for field in screen.app.number_input]


def test_balanced_weights_are_shown_beside_the_images_of_each_class(training_screen):
    screen = training_screen()
    screen.fill("Weights of the classes", "balanced")
    assert screen.draft.training.class_weights == "balanced"
    [table] = [each.value for each in screen.app.dataframe if "balanced" in each.value]
    assert table["class_name"].tolist() == [str(digit) for digit in range(10)]
    assert table["images"].sum() == 84
    # images ÷ (classes × images of the class), as in scikit-learn's compute_class_weight
    assert table["balanced"].tolist() == pytest.approx([84 / (10 * images) for images in table["images"]])


def test_weights_by_hand_begin_balanced_and_are_kept_by_name(training_screen):
    screen = training_screen()
    screen.fill("Weights of the classes", "by_hand")
    assert list(screen.draft.training.class_weights) == [str(digit) for digit in range(10)]
    screen.fill("7", 2.5)
    assert screen.draft.training.class_weights["7"] == 2.5
    screen.fill("Weights of the classes", "none")
    assert screen.draft.training.class_weights is None


def test_weights_of_classes_that_are_not_there_can_be_left_out(training_screen):
    screen = training_screen(class_weights={"7": 2.0, "seventy": 3.0})
    assert "names the class seventy" in screen.errors[0]
    assert screen.field("8").value == 1, "a class that is not named counts once"
    screen.click("class_weights_form_forget")
    assert screen.draft.training.class_weights == {"7": 2.0}
    assert screen.errors == []


def test_each_edit_can_be_undone_and_the_form_follows(training_screen):
    screen = training_screen()
    before = screen.draft
    screen.fill("epochs", 12)
    screen.fill("Schedule", "OneCycle")
    screen.click("undo_undo")
    assert screen.field("Schedule").value == "Constant"
    assert screen.field("epochs").value == 12
    screen.click("undo_undo")
    assert screen.draft == before
    assert screen.field("epochs").value == 5
    screen.click("undo_redo")
    assert screen.draft.training.epochs == 12
    assert screen.toasts == []


def test_an_undo_says_what_it_changed_on_other_screens(training_screen):
    screen = training_screen(WITHOUT_SOFTMAX)
    screen.click("training_fix_0_0")
    screen.click("undo_undo")
    assert screen.layers == WITHOUT_SOFTMAX
    assert screen.toasts == ["Changed: Layers"]


def test_the_screen_is_there_in_korean_too(app, training_screen):
    app.query_params["lang"] = "ko"
    screen = training_screen(WITHOUT_SOFTMAX, loss="mean_squared_error")
    assert [title.value for title in screen.app.title] != ["Training"]
