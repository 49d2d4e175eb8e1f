"""Where the net looks: here the tests answer, as a process with TensorFlow would."""

from collections.abc import Callable

import numpy as np
import pytest

from core.dataset.store import load, pixels
from core.evaluation import judge
from core.message import say
from core.runs import decisions, inspection_queue
from core.runs.decisions import Decision
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import Inspection
from tests.pages.worked_runs import finished
from ui.judging.looking import layer_by_layer

PAGE = "pages/judge/evaluate.py"
NEXT, PREVIOUS = "attention_position_chevron_right", "attention_position_chevron_left"
CONFIDENCES = np.full((1, 10), 0.1 / 9)
CONFIDENCES[0, 8] = 0.9


@pytest.fixture
def run(monkeypatch, kept, project_with_digits):
    """A finished run; instead of its model, one that takes every 3 for an 8 and every 4 for a 9."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    known = {
        image.tobytes(): label
        for image, label in zip(pixels(dataset, dataset.image_size), dataset.images["label"], strict=True)
    }

    def predict(_model, images, rows):
        images = images[rows]
        taken_for = {3: 8, 4: 9}
        labels = np.array([known[image.tobytes()] for image in images])
        found = np.eye(10)[[taken_for.get(label, label) for label in labels]]
        sure = np.where(labels == 3, 0.9, 0.8)[:, np.newaxis]
        return np.where(found == 1, sure, (1 - sure) / 9).astype(np.float32)

    monkeypatch.setattr(judge, "predict", predict)
    monkeypatch.setattr(layer_by_layer, "layer_outputs", maps_of_layers)
    return finished(kept, project_with_digits)


def maps_of_layers(_model, layers, _image):
    shapes = [(24, 24, 32), (12, 12, 32), (10, 10, 64), (5, 5, 64), (1600,), (10,)]
    return {(place,): np.zeros(shapes[place], np.float32) for place in range(len(layers))}


@pytest.fixture
def screen(open_screen, run):
    screen = open_screen(PAGE)
    screen.segmented_control(key="evaluate_view").set_value("attention").run()
    return ran(screen)


@pytest.fixture
def answer(kept, take) -> Callable[..., Inspection]:
    """Answers the question that waits with a map that is warm in one pixel, or nowhere."""

    def answer(peak: float = 1.0) -> Inspection:
        asked = take()
        maps = np.zeros((1, 28, 28), np.float32)
        maps[0, 0, 27] = peak
        heat = HeatMaps.of([5], maps, (10, 10), CONFIDENCES)
        assert inspection_queue.finish(kept.database, asked.id, heat.to_result(), heat.to_data())
        return asked

    return answer


def texts(screen) -> str:
    return "\n".join(element.value for kind in (screen.markdown, screen.caption, screen.subheader) for element in kind)


def ran(screen):
    assert not screen.exception
    return screen


def press(screen, key: str) -> None:
    ran(screen.button(key=key).click().run())


def true_label(kept, run, asked: Inspection) -> int:
    return load(kept.workspace.datasets, run.dataset_id).images["label"].iloc[asked.payload["image"]]


def test_it_is_asked_at_once_for_the_most_confident_mistake_and_the_last_convolution(screen, kept, run, take):
    asked = take()
    assert true_label(kept, run, asked) == 3
    assert asked.payload["run_id"] == run.id
    assert asked.payload["place"] == [2]
    assert (asked.payload["class_index"], asked.payload["epochs"]) == (8, None)
    ran(screen.run())
    assert "At work…" in texts(screen)


def test_the_map_is_drawn_with_its_sentence_its_table_and_a_caution(screen, answer):
    answer()
    ran(screen.run())
    assert "Run 1 calls this **8** with 90.0%. The warm places spoke for 8 most." in texts(screen)
    assert "Most of the warmth, 100%, is here: top right." in texts(screen)
    assert "where the net looks, not why, and no finer than the 10 × 10 cells" in texts(screen)
    (shares,) = (table.value for table in screen.dataframe if "centre" in table.value)
    assert shares.loc["top", "right"] == pytest.approx(100)


def test_the_sentence_and_the_probabilities_have_the_temperature_that_was_decided(screen, kept, run, answer):
    decisions.save_decision(kept.database, run.id, Decision(temperature=2.0))
    answer()
    ran(screen.run())
    assert "Run 1 calls this **8** with 50.0%." in texts(screen), "the root of 0.9 : 0.1/9 is 9, and 9 / (9 + 9) is 0.5"
    (shares,) = (table.value for table in screen.dataframe if "probability" in table.value)
    assert shares["probability"].iloc[0] == pytest.approx(0.5)


def test_a_map_of_zeros_is_said_to_be_one(screen, answer):
    answer(peak=0.0)
    ran(screen.run())
    assert "By this measure nothing in this layer spoke for 8: the map is 0 everywhere." in texts(screen)


def test_the_true_class_is_one_click_away(screen, answer):
    answer()
    ran(screen.run())
    assert screen.segmented_control(key="attention_role").options == ["8, the answer", "3, the truth", "Another class"]
    ran(screen.segmented_control(key="attention_role").set_value("true").run())
    assert answer().payload["class_index"] == 3
    ran(screen.run())
    assert "and gives **3** 1.1%. The warm places spoke for 3 most." in texts(screen)


def test_any_other_class_can_be_asked_for(screen, answer):
    answer()
    ran(screen.segmented_control(key="attention_role").set_value("other").run())
    assert screen.selectbox(key="attention_class").options == list("01245679")
    assert answer().payload["class_index"] == 0


def test_any_layer_with_maps_can_be_chosen(screen, answer):
    answer()
    layer = screen.selectbox(key="heat_map_layer_attention")
    assert [option.split(" ·")[0] for option in layer.options] == [
        "Conv2D (layer 1)",
        "MaxPooling2D (layer 2)",
        "Conv2D (layer 3)",
        "MaxPooling2D (layer 4)",
    ]
    ran(layer.set_value((0,)).run())
    assert answer().payload["place"] == [0]


def test_the_next_image_is_asked_for_only_when_the_one_before_is_answered(screen, kept, run, answer):
    press(screen, NEXT)
    press(screen, NEXT)
    first = answer()
    assert true_label(kept, run, first) == 3
    assert kept_waiting(kept) == 0, "what was clicked past is not asked"
    ran(screen.run())
    third = answer()
    assert third.payload["image"] != first.payload["image"]
    press(screen, PREVIOUS)
    assert answer().payload["image"] not in (first.payload["image"], third.payload["image"])


def kept_waiting(kept) -> int:
    return len(inspection_queue.open_inspections(kept.database, None))


def test_an_answer_that_is_there_already_is_not_asked_again(screen, kept, answer):
    answer()
    press(screen, NEXT)
    answer()
    press(screen, PREVIOUS)
    assert kept_waiting(kept) == 0
    assert "The warm places" in texts(screen)


def test_right_answers_are_looked_at_too(screen, kept, run, answer):
    answer()
    ran(screen.segmented_control(key="attention_answers").set_value("right").run())
    asked = answer()
    assert true_label(kept, run, asked) == asked.payload["class_index"]
    ran(screen.run())
    assert len(screen.segmented_control(key="attention_role").options) == 2


def test_a_question_that_failed_says_why_and_can_be_asked_again(screen, kept, take, answer):
    inspection_queue.fail(kept.database, take().id, say("All the memory is taken."))
    ran(screen.run())
    assert "All the memory is taken." in [warning.value for warning in screen.warning]
    [again] = [button for button in screen.button if button.label == "Ask again"]
    press(screen, again.key)
    answer()
    ran(screen.run())
    assert "The warm places spoke for 8 most." in texts(screen)


def test_the_maps_of_every_layer_are_there_without_asking(screen):
    assert "32 of 32 channels" in texts(screen)
    ran(screen.select_slider(key="layer_by_layer_position").set_value(5).run())
    assert "10 of 10 units." in texts(screen)


def test_a_run_from_before_epochs_were_kept_says_so_in_place_of_its_filters(screen):
    assert "This run keeps no weights of its epochs" in texts(screen)
