"""The layers' screen, but for the list and the diagram themselves, which only a browser draws."""

from collections.abc import Callable

import pytest

from core.architecture import FRESH, Layer, Residual
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.regularizers import L1, L2
from core.architecture.templates import TEMPLATES
from core.recipe import parse_net
from core.runs import projects
from tests.pages.model.draft_screen import DraftScreen
from tests.pages.worked_runs import finished

PAGE = "pages/model/layers.py"
ANSWER = (Flatten(), Dense(units=10, activation="softmax"))
CONVOLUTION = Conv2D(filters=8, kernel_size=3)
FIELD_KINDS = ("number_input", "selectbox", "checkbox", "toggle")


@pytest.fixture
def layers_screen(open_with) -> Callable[..., DraftScreen]:
    return lambda layers=None, **training: open_with(PAGE, layers, **training)


def test_the_first_cnn_is_shown_with_what_it_adds_up_to(layers_screen):
    screen = layers_screen()
    assert screen.totals == {
        "Parameters": "35,338",
        "Multiply-adds": "2,320,000",
        "Activation memory": "4.2 MB",
        "Receptive field": "28 × 28",
    }
    assert "now: First CNN" in screen.texts
    assert screen.field("filters").value == 32
    assert screen.field("kernel_size").value == "5 × 5"
    assert screen.errors == []
    assert not screen.app.button(key="layers_next").disabled


def test_the_training_comes_next(layers_screen):
    screen = layers_screen()
    screen.click("layers_next")
    assert [title.value for title in screen.app.title] == ["Training"]


def test_an_edit_is_kept_and_counted_at_once(layers_screen):
    screen = layers_screen()
    screen.fill("filters", 8)
    assert screen.layers[0] == Conv2D(filters=8, kernel_size=5, activation="relu")
    # 5·5·1·8 + 8, 3·3·8·64 + 64 and 1,600·10 + 10, as worked by hand
    assert screen.totals["Parameters"] == f"{208 + 4672 + 16010:,}"
    assert "now: First CNN" not in screen.texts


EDITS = [
    ("kernel_size", "3 × 3", {"kernel_size": 3}),
    ("padding", "same", {"padding": "same"}),
    ("activation", "tanh", {"activation": "tanh"}),
    ("use_bias", False, {"use_bias": False}),
]


@pytest.mark.parametrize(("label", "value", "arguments"), EDITS)
def test_each_field_sets_its_argument(layers_screen, label, value, arguments):
    screen = layers_screen()
    before = screen.layers
    screen.fill(label, value)
    assert screen.layers == (before[0].changed(**arguments), *before[1:])
    assert screen.toasts == []


def test_a_size_that_is_not_offered_is_typed(layers_screen):
    screen = layers_screen()
    screen.type_in("kernel_size", "3 x 5")
    assert screen.layers[0].kernel_size == (3, 5)
    assert screen.field("kernel_size").value == "3 × 5"


def test_a_pool_takes_its_strides_from_its_size_until_they_are_set(layers_screen):
    screen = layers_screen()
    screen.open_layer(1)
    assert screen.field("strides").value == "as pool_size"
    screen.fill("strides", "1 × 1")
    assert screen.layers[1] == MaxPooling2D(pool_size=2, strides=1)
    screen.fill("strides", "as pool_size")
    assert screen.layers[1] == MaxPooling2D(pool_size=2)


def test_a_penalty_is_chosen_made_stronger_and_taken_away(layers_screen):
    screen = layers_screen()
    screen.fill("kernel_regularizer", "L2")
    assert screen.layers[0].kernel_regularizer == L2(l2=0.001)
    screen.fill("l2", 0.05)
    assert screen.layers[0].kernel_regularizer == L2(l2=0.05)
    screen.fill("kernel_regularizer", "L1")
    assert screen.layers[0].kernel_regularizer == L1(l1=0.001)
    screen.fill("kernel_regularizer", None)
    assert screen.layers[0].kernel_regularizer is None


MARGINS = [
    ("2", 2),
    ("1 2", (1, 2)),
    ("1 2 3 4", ((1, 2), (3, 4))),
]


@pytest.mark.parametrize(("text", "padding"), MARGINS)
def test_margins_are_typed_for_all_sides_for_two_or_for_four(layers_screen, text, padding):
    screen = layers_screen([ZeroPadding2D(), *ANSWER])
    screen.type_in("padding", text)
    assert screen.layers[0] == ZeroPadding2D(padding=padding)
    assert screen.toasts == []


RUBBISH = [
    (CONVOLUTION, "kernel_size", "abc"),
    (CONVOLUTION, "kernel_size", "0 x 3"),
    (CONVOLUTION, "kernel_size", "9" * 5000),
    (CONVOLUTION, "strides", "as pool_size"),
    (ZeroPadding2D(), "padding", "1 2 3"),
    (ZeroPadding2D(), "padding", "300"),
]


@pytest.mark.parametrize(("layer", "label", "text"), RUBBISH)
def test_what_is_no_size_is_explained_and_changes_nothing(layers_screen, layer, label, text):
    screen = layers_screen([layer, *ANSWER])
    shown = screen.field(label).value
    screen.type_in(label, text)
    assert screen.layers[0] == layer
    [toast] = screen.toasts
    assert toast
    assert len(toast) < 200
    assert screen.field(label).value == shown


def test_a_kernel_that_is_too_large_is_explained_with_its_numbers_and_mended_by_a_click(layers_screen):
    screen = layers_screen()
    screen.type_in("kernel_size", "33")
    [error] = screen.errors
    assert error.startswith("Layer 1: ")
    assert "33 × 33" in error
    assert "28 × 28" in error
    assert screen.app.button(key="layers_next").disabled
    assert screen.app.button(key="forecast_panel_ask").disabled
    fix = screen.app.button(key="layers_fix_0_0")
    assert fix.label == "Set kernel_size to 28 × 28"

    screen.click("layers_fix_0_0")
    assert screen.layers[0].kernel_size == 28
    assert screen.field("kernel_size").value == "28 × 28"


def test_what_was_done_is_undone_and_redone(layers_screen):
    screen = layers_screen()
    first = screen.layers
    assert screen.app.button(key="undo_undo").disabled
    screen.type_in("kernel_size", "33")
    broken = screen.layers
    screen.click("layers_fix_0_0")
    mended = screen.layers
    assert screen.app.button(key="undo_redo").disabled

    for button, expected in (("undo", broken), ("undo", first), ("redo", broken), ("redo", mended)):
        screen.click(f"undo_{button}")
        assert screen.layers == expected
        size = expected[0].kernel_size
        assert screen.field("kernel_size").value == f"{size} × {size}", "the form follows"
    assert screen.app.button(key="undo_redo").disabled
    assert screen.toasts == []


def test_undo_tells_of_what_changes_on_another_screen(layers_screen):
    screen = layers_screen()
    screen.app.switch_page("pages/model/training.py")
    screen.run()
    screen.fill("epochs", 9)
    screen.app.switch_page(PAGE)
    screen.run()
    screen.click("undo_undo")
    assert screen.draft.training.epochs == 5
    assert screen.toasts == ["Changed: Training"]


OPENED_SECOND = [
    ("up", ["MaxPooling2D", "Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"], "**1** :primary-badge"),
    ("down", ["Conv2D", "Conv2D", "MaxPooling2D", "MaxPooling2D", "Flatten", "Dense"], "**3** :primary-badge"),
    ("remove", ["Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"], "**2** :green-badge"),
    (
        "duplicate",
        ["Conv2D", "MaxPooling2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"],
        "**3** :primary-badge",
    ),
]


@pytest.mark.parametrize(("button", "kinds", "head"), OPENED_SECOND)
def test_the_open_layer_is_moved_duplicated_and_removed(layers_screen, button, kinds, head):
    screen = layers_screen()
    screen.open_layer(1)
    screen.click(f"layer_inspector_{button}")
    assert screen.kinds == kinds
    assert head in screen.texts, "what is open now"


def test_the_ends_of_the_list_are_ends(layers_screen):
    screen = layers_screen()
    assert screen.app.button(key="layer_inspector_up").disabled
    screen.open_layer(5)
    assert screen.app.button(key="layer_inspector_down").disabled
    screen.click("layer_inspector_remove")
    assert "**5** :gray-badge[Flatten]" in screen.texts, "the one before the last one is open"


def test_a_layer_that_is_off_stays_in_the_draft_and_costs_nothing(layers_screen):
    screen = layers_screen()
    screen.open_layer(2)
    screen.click("layer_inspector_disable")
    assert screen.kinds == ["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"]
    assert screen.layers[2].disabled
    assert screen.totals["Parameters"] == f"{832 + 6 * 6 * 32 * 10 + 10:,}"
    screen.view("numbers")
    assert "The layer is off: the net does without it." in screen.texts
    screen.click("layer_inspector_disable")
    assert not screen.layers[2].disabled
    assert screen.totals["Parameters"] == "35,338"


MENUS = [
    ("convolution", "SeparableConv2D", 2),
    ("pooling", "AveragePooling2D", 2),
    ("dense", "Dense", 2),
    ("shaping", "Residual", 2),
    ("regularizing", "Dropout", 2),
]


@pytest.mark.parametrize(("menu", "kind", "number"), MENUS)
def test_a_layer_is_added_behind_the_open_one_and_is_open_then(layers_screen, menu, kind, number):
    screen = layers_screen()
    assert "A new layer goes behind layer 1, Conv2D." in screen.texts
    before = screen.layers
    screen.choose(f"layer_palette_{menu}", kind)
    assert screen.layers == (before[0], FRESH[kind], *before[1:])
    assert f"**{number}** :" in screen.texts
    assert f"[{kind}]" in screen.texts


def test_a_layer_goes_before_the_output_and_into_an_open_residual(layers_screen):
    screen = layers_screen()
    screen.open_layer(5)
    assert "A new layer goes before the output, layer 6." in screen.texts
    screen.choose("layer_palette_shaping", "Residual")
    assert screen.kinds[-2:] == ["Residual", "Dense"]
    assert "A new layer goes into layer 6, Residual." in screen.texts
    screen.choose("layer_palette_regularizing", "Dropout")
    assert [layer.kind for layer in screen.layers[5].layers] == ["Conv2D", "Conv2D", "Dropout"]
    assert "**6.3** :" in screen.texts


def test_a_fourth_residual_inside_three_is_refused_with_a_sentence(layers_screen):
    nested: Layer = Conv2D(filters=1, kernel_size=1)
    for _level in range(3):
        nested = Residual(layers=(nested,))
    screen = layers_screen([nested, *ANSWER])
    screen.open_layer(0, 0, 0)
    screen.choose("layer_palette_shaping", "Residual")
    assert screen.layers[0] == nested
    assert screen.toasts == ["At most 3 Residuals can stand inside each other."]


def test_each_net_to_start_from_is_named_and_ends_with_an_answer_for_these_classes(layers_screen):
    screen = layers_screen()
    for name, template in TEMPLATES.items():
        screen.choose("template_choice", name)
        assert f"now: {template.title}" in screen.texts
        assert screen.draft.summary().readouts[-1].layer.kind in ("Dense", "Softmax", "Activation")


def test_a_net_to_start_from_replaces_all_layers_and_undo_brings_them_back(layers_screen):
    screen = layers_screen()
    before = screen.layers
    screen.open_layer(5)
    screen.choose("template_choice", "lenet5")
    assert screen.totals["Parameters"] == "61,706"
    assert "**1** :" in screen.texts
    assert screen.field("filters").value == 6
    screen.click("undo_undo")
    assert screen.layers == before


def test_each_number_has_the_sum_behind_it(layers_screen):
    screen = layers_screen()
    screen.view("numbers")
    assert "`28 × 28 × 1` → `24 × 24 × 32`" in screen.texts
    assert "`⌊(28 − 5) ÷ 1⌋ + 1 = 24`" in screen.texts
    assert "`5 × 5 × 1 × 32 + 32 = 832`" in screen.texts
    assert "`24 × 24 × 5 × 5 × 1 × 32 = 460,800`" in screen.texts
    assert "`18,432 × 32 × 4 = 2,359,296`" in screen.texts
    told = " ".join(expander.label for expander in screen.app.expander)
    for number in ("24 × 24 × 32", "832", "460,800", "2.4 MB", "5 × 5"):
        assert f"**{number}**" in told
    # (784 + 1) × 18,432, as worked by hand
    assert "would need 14,469,120 parameters: 17,391 times as many" in screen.texts


def test_behind_a_problem_there_are_no_numbers_and_nothing_is_seen(layers_screen):
    screen = layers_screen([Conv2D(filters=8, kernel_size=33), CONVOLUTION, *ANSWER])
    screen.open_layer(1)
    sentences = {"numbers": "There are no numbers as long as", "sees": "What this layer sees", "maps": "maps can be"}
    for view, sentence in sentences.items():
        screen.view(view)
        assert sentence in screen.texts


def test_what_a_layer_sees_is_told_with_its_size(layers_screen):
    screen = layers_screen()
    screen.open_layer(2)
    screen.view("sees")
    assert "10 × 10 pixels" in screen.texts
    assert "A training image of 0" in screen.texts
    screen.click("example_image_next")
    assert "A training image of 1" in screen.texts


def test_an_empty_list_says_how_to_begin(layers_screen):
    screen = layers_screen([])
    assert "**No layer yet**" in screen.texts
    assert "A new layer becomes the first one." in screen.texts
    assert "There are no layers yet" in screen.errors[0]
    assert screen.app.button(key="layers_next").disabled
    screen.click("layers_fix_0_0")
    assert screen.layers
    assert screen.errors == []
    assert not screen.app.button(key="layers_next").disabled


def test_the_last_layer_can_be_removed_and_another_one_added(layers_screen):
    screen = layers_screen([Flatten()])
    screen.click("layer_inspector_remove")
    assert screen.layers == ()
    screen.choose("layer_palette_convolution", "Conv2D")
    assert screen.kinds == ["Conv2D"]
    assert "**1** :" in screen.texts


def test_a_problem_inside_a_residual_is_told_with_its_place(layers_screen):
    padded = CONVOLUTION.changed(padding="same")
    screen = layers_screen([Residual(layers=(padded, padded.changed(kernel_size=40, padding="valid"))), *ANSWER])
    assert screen.errors[0].startswith("Layer 1.2: ")
    screen.open_layer(0, 1)
    screen.fill("kernel_size", "3 × 3")
    screen.fill("padding", "same")
    assert screen.layers[0].layers[1] == padded
    assert screen.errors == []


def test_the_net_is_shown_as_text_that_is_read_back(layers_screen):
    screen = layers_screen()
    screen.click("net_dialog_open")
    assert parse_net(screen.app.code[0].value) == screen.layers
    assert [tab.label for tab in screen.app.tabs] == ["Copy and save", "Paste", "Bring in a file"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_net_stands_beside_that_of_the_last_run(app, layers_screen, kept, project_with_digits, language):
    app.query_params["lang"] = language
    finished(kept, project_with_digits)
    screen = layers_screen([Conv2D(filters=8, kernel_size=5), *ANSWER])
    screen.click("net_comparison_open")
    totals, layers = screen.app.table[0].value, screen.app.dataframe[0].value
    # 5·5·1·8 + 8 and 24·24·8·10 + 10
    assert totals.to_numpy()[1].tolist() == [f"{208 + 46090:,}", "35,338"]
    assert layers.shape == (6, 4)
    assert layers.iloc[0].tolist()[::2] == ["1  Conv2D  8 filters · 5 × 5", "1  Conv2D  32 filters · 5 × 5 · relu"]
    assert layers.iloc[0].tolist()[1::2] == ["24 × 24 × 8", "24 × 24 × 32"]


def test_a_net_that_cannot_work_can_be_compared_too(layers_screen):
    screen = layers_screen([Conv2D(filters=8, kernel_size=33), *ANSWER])
    screen.click("net_comparison_open")
    assert screen.app.dataframe[0].value.iloc[0, 1] == "?"


IN_KOREAN = [
    None,
    [Conv2D(filters=8, kernel_size=33), *ANSWER],
    [FRESH["Residual"], ZeroPadding2D(padding=(1, 2)), FRESH["BatchNormalization"], *ANSWER],
]


@pytest.mark.parametrize("layers", IN_KOREAN)
def test_everything_is_there_in_korean_too(app, layers_screen, layers):
    app.query_params["lang"] = "ko"
    screen = layers_screen(layers)
    assert [title.value for title in screen.app.title] != ["Layers"]
    for view in ("numbers", "sees", "maps", "settings"):
        screen.view(view)


def test_an_empty_list_is_there_in_korean_too(app, layers_screen):
    app.query_params["lang"] = "ko"
    screen = layers_screen([])
    assert [title.value for title in screen.app.title] != ["Layers"]
    screen.click("layers_fix_0_0")
    assert screen.layers


def test_every_kind_of_layer_has_a_form_with_all_its_arguments(layers_screen):
    """All kinds in two nets, which begin and end with the shapes that they need."""
    needs_a_vector = [FRESH["Flatten"], FRESH["Dense"]]
    on_maps = [layer for layer in FRESH.values() if layer not in needs_a_vector and "Global" not in layer.kind]
    for net in ([*on_maps, FRESH["GlobalMaxPooling2D"], *needs_a_vector], [FRESH["GlobalAveragePooling2D"]]):
        screen = layers_screen(net)
        for position, layer in enumerate(net):
            screen.open_layer(position)
            labels = {widget.label for kind in FIELD_KINDS for widget in screen.app.get(kind)}
            assert set(type(layer).model_fields) - {"kind", "disabled", "layers"} <= labels


NUMBERS = [
    # 4 numbers for each of 2 channels, of which 2 are trained
    (FRESH["BatchNormalization"], "4 are trained; 4 are only remembered from batch to batch."),
    # 3·3·2·32 + 32, 3·3·32·32 + 32 and 1·1·2·32 for the projection
    (FRESH["Residual"], "`608 + 9,248 + 64 = 9,920`"),
    (FRESH["MaxPooling2D"], "This layer has nothing to learn."),
]


@pytest.mark.parametrize(("layer", "expected"), NUMBERS)
def test_the_numbers_of_each_kind_have_their_own_story(layers_screen, layer, expected):
    screen = layers_screen([Conv2D(filters=2, kernel_size=3), layer, *ANSWER])
    screen.open_layer(1)
    screen.view("numbers")
    assert expected in screen.texts


def test_an_edit_in_one_tab_does_not_undo_what_was_done_in_another(layers_screen, kept, project_with_digits):
    screen = layers_screen()
    elsewhere = screen.draft.model_copy(update={"layers": ANSWER})
    projects.save_draft(kept.database, project_with_digits.id, elsewhere)
    screen.fill("filters", 8)
    assert screen.draft == elsewhere
    assert any("was changed in another tab" in toast.value for toast in screen.app.toast)
    assert screen.totals["Parameters"] == "7,850"
