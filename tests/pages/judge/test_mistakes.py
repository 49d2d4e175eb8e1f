import numpy as np
import pandas as pd
import pytest
import streamlit as st

from core.dataset.editing import RemoveImages
from core.dataset.store import load, pixels
from core.evaluation import judge
from core.quality.store import keep_pairs
from core.runs import projects, store, versions
from core.split import read_assignment
from tests.pages.worked_runs import finished

pytestmark = pytest.mark.usefixtures("nothing_in_the_background")

PAGE = "pages/judge/evaluate.py"

# What the net takes a digit for, and how sure it is of that. The others it knows, the 7 with some doubt.
TAKEN_FOR = {3: (8, 0.9), 4: (9, 0.6)}
DOUBT = {7: 0.5}


@pytest.fixture
def run(monkeypatch, kept, project_with_digits):
    """A finished run; instead of its model, one that is wrong in the same way every time."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    known = {
        image.tobytes(): label
        for image, label in zip(pixels(dataset, dataset.image_size), dataset.images["label"], strict=True)
    }
    monkeypatch.setattr(
        judge,
        "predict",
        lambda _model, images, rows: np.array([answer(known[each.tobytes()]) for each in images[rows]]),
    )
    return finished(kept, project_with_digits)


def answer(label: int) -> np.ndarray:
    predicted, confidence = TAKEN_FOR.get(label, (label, DOUBT.get(label, 0.95)))
    rest = np.zeros(10)
    rest[label if label != predicted else (label + 1) % 10] = 1 - confidence
    return rest + confidence * np.eye(10)[predicted]


@pytest.fixture
def app(open_screen, run):
    return show_mistakes(open_screen(PAGE))


def show_mistakes(app):
    app.segmented_control(key="evaluate_view").set_value("mistakes").run()
    assert not app.exception
    return app


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def titles(app) -> list[str]:
    """Of the images on the page."""
    return [each.value for each in app.markdown if " → **" in each.value or each.value.startswith(":material/check: ")]


def validation_rows(kept, run, dataset, digit: int) -> list[int]:
    rows = read_assignment(store.run_folder(kept.workspace, run.id) / "split.csv").rows("validation")
    return [int(row) for row in rows if dataset.images["label"].iloc[row] == digit]


def dataset_of(kept, run):
    return load(kept.workspace.datasets, run.dataset_id)


def current(kept, run):
    return load(kept.workspace.datasets, projects.get(kept.database, run.project_id).dataset_id)


def remove(kept, run, paths):
    versions.apply(kept.database, kept.workspace, run.project_id, RemoveImages(tuple(paths)), run.dataset_id)


def test_the_mistakes_come_first_the_most_confident_before_the_others(app, kept, run):
    dataset = dataset_of(kept, run)
    threes, fours = (len(validation_rows(kept, run, dataset, digit)) for digit in (3, 4))
    assert threes > 0
    assert fours > 0
    assert titles(app) == ["3 → **8**"] * threes + ["4 → **9**"] * fours
    assert f"**{threes + fours}** of 18 images" in texts(app)
    assert "8\\: 90%  \n3\\: 10%  \n0\\: 0%" in texts(app)


def test_the_first_image_is_looked_at_closely_until_another_is_asked_for(app, kept, run):
    assert "The net answers **8** with 90.0%; **3**, which is true, gets 10.0%." in texts(app)
    press(app, f"case_gallery_open_{validation_rows(kept, run, dataset_of(kept, run), 4)[0]}")
    assert "The net answers **9** with 60.0%; **4**, which is true, gets 40.0%." in texts(app)
    assert "No training image looks like this one." in texts(app)
    probabilities = app.dataframe[-1].value.set_index("class_name")["probability"]
    assert probabilities["9"] == pytest.approx(0.6)
    assert len(probabilities) == 10


def test_the_least_certain_hits_are_found_by_answer_and_order(app):
    app.segmented_control(key="case_choice_answers").set_value("right").run()
    app.selectbox(key="case_choice_order").set_value("least_certain_hits").run()
    assert titles(app)[0] == ":material/check: **7**"
    assert "The net answers **7** with 50.0%, and is right." in texts(app)


def test_the_two_fields_choose_a_cell_of_the_matrix_also_one_with_right_answers(app):
    app.selectbox(key="case_choice_true").set_value("7").run()
    assert "No image is like that." in texts(app)
    app.selectbox(key="case_choice_predicted").set_value("7").run()
    assert set(titles(app)) == {":material/check: **7**"}
    app.selectbox(key="case_choice_predicted").set_value(None).run()
    assert "No image is like that." in texts(app), "among the mistakes again"


def test_a_path_leads_to_its_image(app, kept, run):
    dataset = dataset_of(kept, run)
    path = dataset.images["path"].iloc[validation_rows(kept, run, dataset, 0)[0]]
    app.segmented_control(key="case_choice_answers").set_value("all").run()
    app.text_input(key="case_choice_text").set_value(path.upper()).run()
    assert titles(app) == [":material/check: **0**"]


def test_many_images_are_shown_page_by_page(app):
    app.segmented_control(key="case_choice_answers").set_value("all").run()
    first = titles(app)
    app.get("pagination")[0].set_value(2).run()
    assert (len(first), len(titles(app))) == (12, 6)


def test_relabelling_makes_a_new_version_and_the_screen_says_what_that_means(app, kept, run):
    before = dataset_of(kept, run)
    row = validation_rows(kept, run, before, 3)[0]
    app.selectbox(key=f"case_actions_class_opened_{row}_{before.id}").set_value("8").run()
    press(app, "case_actions_relabel_opened")
    after = current(kept, run)
    path = before.images["path"].iloc[row]
    assert after.images.set_index("path")["class_name"][path] == "8"
    assert len(after.images) == len(before.images)
    assert "the next run uses the new version" in texts(app)
    assert "By now this image has the class 8." in texts(app)
    assert titles(app)[0] == "3 → **8**", "the run was judged on the version before"


def test_several_images_are_removed_at_once_and_nothing_is_offered_for_them_any_more(app, kept, run):
    before = dataset_of(kept, run)
    rows = [*validation_rows(kept, run, before, 3), *validation_rows(kept, run, before, 4)]
    for row in rows:
        app.checkbox(key=f"quality_choice_judged_{run.id}_validation_{row}").check().run()
    assert f"**{len(rows)}** images are chosen." in texts(app)
    press(app, "case_actions_remove_chosen")
    assert set(before.images["path"]) - set(current(kept, run).images["path"]) == set(before.images["path"].iloc[rows])
    assert texts(app).count("Removed since then") == len(rows)
    assert "not among the images of the project any more" in texts(app)
    assert not [button for button in app.button if button.key == "case_actions_remove_opened"]


def test_an_image_is_found_again_after_another_was_removed_before_it(app, kept, run):
    before = dataset_of(kept, run)
    remove(kept, run, before.images["path"].iloc[:1])
    app.run()
    row = validation_rows(kept, run, before, 3)[0]
    app.checkbox(key=f"quality_choice_judged_{run.id}_validation_{row - 1}").check().run()
    press(app, "case_actions_remove_chosen")
    assert before.images["path"].iloc[row] not in set(current(kept, run).images["path"])


def forget_what_was_read() -> None:
    """As in a web process that has just begun: nobody looks for look-alikes twice while one is at work."""
    st.cache_resource.clear()


def test_a_look_alike_in_training_is_shown_with_its_other_class(app, kept, run):
    dataset = dataset_of(kept, run)
    row = validation_rows(kept, run, dataset, 3)[0]
    training = int(read_assignment(store.run_folder(kept.workspace, run.id) / "split.csv").rows("train")[0])
    pair = pd.DataFrame([(min(row, training), max(row, training), 0.997)], columns=["first", "second", "similarity"])
    keep_pairs(dataset, pair)
    forget_what_was_read()
    app.run()
    assert "1 training image looks like this one. 1 of them has another class" in texts(app)
    assert [caption for image in app.get("image") for caption in image.captions][-1] == "0 · similarity 99.7%"


def test_where_nobody_looked_for_look_alikes_the_screen_says_so(app, kept, run):
    (dataset_of(kept, run).folder / "look_alikes.parquet").unlink()
    forget_what_was_read()
    app.run()
    assert "nobody has looked for others yet" in texts(app)


def test_a_relabelling_of_test_images_is_said_to_spoil_the_comparison(app, kept, run):
    assert "These are test images" not in texts(app)
    judge.open_test(kept.database, kept.workspace, run.id, opened_by="Ada", reason="The choices are made.")
    app.segmented_control(key="evaluate_part").set_value("test").run()
    assert "These are test images" in texts(app)
