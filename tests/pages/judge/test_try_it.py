"""The screen on which any image is shown to a trained model."""

import io

import numpy as np
import pytest
from PIL import Image

from core.dataset.store import load, original, pixels
from core.evaluation.trying import trial
from core.runs import store
from core.runs.decisions import Decision, save_decision
from tests.pages.worked_runs import finished, paused, running
from ui.drawing_pad import pad
from ui.trying import asking

PAGE = "pages/judge/try_it.py"
NOT_AN_IMAGE = ("notes.txt", b"no image", "text/plain")


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def captions(app) -> list[str]:
    return [caption for image in app.get("image") for caption in image.captions]


@pytest.fixture
def dataset(kept, project_with_digits):
    return load(kept.workspace.datasets, project_with_digits.dataset_id)


@pytest.fixture
def model(monkeypatch, dataset):
    """Instead of a trained model, one that knows all digits of the dataset and nothing else: of that it says 5."""
    known = {
        image.tobytes(): label
        for image, label in zip(pixels(dataset, dataset.image_size), dataset.images["label"], strict=True)
    }

    class Knowing:
        def predict(self, images):
            answers = np.full((len(images), 10), 0.01, np.float32)
            for answer, image in zip(answers, images, strict=True):
                label = known.get(image.tobytes())
                answer[5 if label is None else label] = 0.26 if label is None else 0.91
            return answers

    monkeypatch.setattr(asking, "_predictor_now", lambda _model: Knowing())


@pytest.fixture
def run(kept, project_with_digits, model):
    return finished(kept, project_with_digits)


def file_of(dataset, digit: int) -> tuple[str, bytes, str]:
    """The file of an image with this digit, as it was handed over."""
    row = int(np.flatnonzero(dataset.images["label"] == digit)[0])
    return f"digit {digit}.png", original(dataset, row).read_bytes(), "image/png"


def upload(app, *files):
    app.file_uploader(key="try_upload_files").set_value(list(files)).run()
    assert not app.exception
    return app


def choose(app, way):
    app.segmented_control(key="try_it_way").set_value(way).run()
    assert not app.exception
    return app


def test_without_a_finished_run_the_screen_leads_to_the_runs(open_screen):
    app = open_screen(PAGE)
    assert "No run of this project is finished yet" in texts(app)
    assert app.button(key="run_choice_to_runs").label == "Go to the runs"


@pytest.mark.parametrize(("work", "told"), [(running, "A run is still training"), (paused, "A run is paused")])
def test_while_a_run_is_not_over_the_screen_says_so(open_screen, kept, project_with_digits, work, told):
    work(kept, project_with_digits)
    assert told in texts(open_screen(PAGE))


def test_an_image_that_is_uploaded_is_answered_with_its_probabilities(open_screen, dataset, run):
    app = upload(open_screen(PAGE), file_of(dataset, 7))
    assert "The net says **7**, with a probability of **91.0%**." in texts(app)
    assert captions(app) == ["digit 7.png: 28 × 28", "As the net sees it: 28 × 28 × 1"]
    table = app.dataframe[0].value
    assert table["class_name"].tolist()[0] == "7"
    assert len(table) == 10
    assert table["probability"].sum() == pytest.approx(1)


def test_several_images_are_answered_each_and_page_by_page(open_screen, dataset, run):
    app = upload(open_screen(PAGE), *(file_of(dataset, digit) for digit in range(8)))
    answered = [digit for digit in range(10) if f"The net says **{digit}**" in texts(app)]
    assert answered == [0, 1, 2, 3, 4, 5]
    upload(app, file_of(dataset, 9))
    assert "The net says **9**" in texts(app)


def test_of_a_file_that_is_no_image_it_is_said_why_and_the_others_are_answered(open_screen, dataset, run):
    app = upload(open_screen(PAGE), NOT_AN_IMAGE, file_of(dataset, 3))
    assert app.error[0].value.startswith("notes.txt: A file of the kind .txt cannot be used.")
    assert "The net says **3**" in texts(app)


def test_below_the_least_confidence_the_answer_is_i_dont_know(open_screen, kept, run):
    save_decision(kept.database, run.id, Decision(least_confidence=0.8))
    blank = io.BytesIO()
    Image.new("L", (50, 40), 128).save(blank, "PNG")
    app = upload(open_screen(PAGE), ("blank.png", blank.getvalue(), "image/png"))
    assert "**I don't know.** The net would say 5, but with a probability of only 74.3%" in texts(app)
    assert "Below a probability of 80.0%, the answer is “I don't know”." in texts(app)


def test_the_temperature_that_was_decided_is_named(open_screen, kept, dataset, run):
    save_decision(kept.database, run.id, Decision(temperature=2.0))
    app = upload(open_screen(PAGE), file_of(dataset, 7))
    assert "temperature 2.00" in texts(app)
    share = 0.91**0.5 / (0.91**0.5 + 9 * 0.01**0.5)
    assert f"with a probability of **{share:.1%}**" in texts(app)


def test_unusual_pictures_get_an_answer_all_the_same_and_it_is_said_why(open_screen, run):
    app = choose(open_screen(PAGE), "unusual")
    assert texts(app).count("The net says **5**, with a probability of **74.3%**.") == 4
    assert "Animal silhouettes" in texts(app)
    assert "one class comes first whatever it is shown" in texts(app)
    assert "This run never says “I don't know” so far" in texts(app)
    assert app.dataframe[0].value["Answer"].tolist() == ["5"] * 4


def drawn(monkeypatch, box):
    """Has the pad give a drawing: a white rectangle on black."""
    picture = Image.new("RGB", (pad.SIDE, pad.SIDE))
    picture.paste("white", box)
    file = io.BytesIO()
    picture.save(file, "PNG")
    monkeypatch.setattr(pad, "show", lambda *_arguments: file.getvalue())


def test_before_anything_is_drawn_nothing_is_answered(open_screen, run):
    app = choose(open_screen(PAGE), "draw")
    assert "the net answers after each stroke" in texts(app)
    assert app.toggle(key="try_drawing_fit").value, "the digits have empty borders"


def test_a_drawing_is_answered_as_it_is_fitted_or_as_it_is(open_screen, monkeypatch, run):
    drawn(monkeypatch, (5, 5, 20, 40))
    app = choose(open_screen(PAGE), "draw")
    assert "much smaller than what is in the training images, and far from the middle. It is centred" in texts(app)
    assert captions(app) == ["Centred and fitted: 280 × 280", "As the net sees it: 28 × 28 × 1"]
    app.toggle(key="try_drawing_fit").set_value(False).run()
    assert "It is centred" not in texts(app)
    assert "far from the middle" in texts(app)
    assert captions(app)[0] == "Your drawing: 280 × 280"


def test_a_good_drawing_has_nothing_told_of_it(open_screen, monkeypatch, run):
    drawn(monkeypatch, (125, 40, 155, 240))
    assert not choose(open_screen(PAGE), "draw").info


def test_colours_cannot_be_drawn(open_screen, kept, project_with_digits, model):
    draft = project_with_digits.draft
    colour = draft.model_copy(update={"image": draft.image.model_copy(update={"channels": 3})})
    finished(kept, project_with_digits, recipe=colour)
    app = open_screen(PAGE)
    ways = [option.content for option in app.segmented_control(key="try_it_way").proto.options]
    assert len(ways) == 3
    assert not any("Draw" in way for way in ways)


def test_where_the_net_looks_is_asked_on_request(open_screen, dataset, run):
    app = upload(open_screen(PAGE), file_of(dataset, 7))
    app.toggle(key="answer_looks_0").set_value(True).run()
    assert not app.exception
    assert "Waits for a process with TensorFlow" in texts(app)


def test_a_run_whose_model_is_gone_is_explained(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    assert "There is no trained model" in open_screen(PAGE).error[0].value


def test_the_choice_of_the_run_is_kept_until_another_is_trained(open_screen, kept, project_with_digits, model):
    first = finished(kept, project_with_digits)
    second = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    assert app.selectbox(key="run_choice").value == second.id
    app.selectbox(key="run_choice").set_value(first.id).run()
    app.switch_page("pages/data/images.py").run()
    app.switch_page(PAGE).run()
    assert app.selectbox(key="run_choice").value == first.id
    third = finished(kept, project_with_digits)
    app.run()
    assert app.selectbox(key="run_choice").value == third.id, "the one that was trained just now"
    app.selectbox(key="run_choice").set_value(first.id).run()
    store.delete(kept.database, kept.workspace, first.id)
    app.run()
    assert not app.exception
    assert app.selectbox(key="run_choice").value == third.id


def test_the_pictures_are_opened_by_the_core(open_screen, dataset, run, monkeypatch):
    """One function for all ways in: what it gives is what the net is asked about."""
    opened = []
    monkeypatch.setattr("ui.trying.picture_file.opened", lambda *file: opened.append(file) or trial.opened(*file))
    upload(open_screen(PAGE), file_of(dataset, 7))
    assert [name for _, name in opened] == ["digit 7.png"]
