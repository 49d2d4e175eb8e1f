import numpy as np
import pytest

from core.dataset.store import load, pixels
from core.evaluation import judge, open_test
from core.runs import projects, store
from core.runs.evaluations import save_evaluation
from tests.pages.worked_runs import finished, with_seed
from tests.sealed import openings

pytestmark = pytest.mark.usefixtures("nothing_in_the_background")

PAGE = "pages/judge/evaluate.py"


@pytest.fixture
def runs(monkeypatch, kept, project_with_digits):
    """Two finished runs. The first takes every 3 for an 8, the second every 4 and every 5 for a 9; all others that may
    come are right."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    known = {
        image.tobytes(): label
        for image, label in zip(pixels(dataset, dataset.image_size), dataset.images["label"], strict=True)
    }
    made = [finished(kept, project_with_digits, recipe=with_seed(project_with_digits.draft, seed)) for seed in (0, 1)]
    taken_for = {made[0].id: {3: 8}, made[1].id: {4: 9, 5: 9}}

    def predict(model, images, rows):
        images = images[rows]
        confused = taken_for.get(model.parent.name, {})
        labels = [known[image.tobytes()] for image in images]
        return np.eye(10, dtype=np.float32)[[confused.get(label, label) for label in labels]]

    monkeypatch.setattr(judge, "predict", predict)
    return made


def compare(app):
    app.segmented_control(key="evaluate_view").set_value("comparison").run()
    assert not app.exception
    return app


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


def captions(app) -> list[str]:
    return [caption for image in app.get("image") for caption in image.captions]


def test_two_runs_are_judged_by_the_images_that_only_one_got_right(open_screen, runs):
    app = compare(open_screen(PAGE))
    words = texts(app)
    assert "right on 5 of 18 images: on 1 it is run 2, on 4 run 1. That much comes about by chance" in words
    assert "so this difference cannot be told from noise" in words
    assert "Both runs were judged on the same 18 images." in words
    assert [metric.label for metric in app.metric][:2] == ["Accuracy of run 2", "Accuracy of run 1"]
    assert captions(app) == ["3 → **8**"]
    app.segmented_control(key="paired_images_group").set_value(1).run()
    assert set(captions(app)) == {"4 → **9**", "5 → **9**"}


def test_a_comparison_of_images_that_belong_together_is_said_to_be_too_sure(open_screen, kept, runs):
    assert "differences are less certain than they seem" not in texts(compare(open_screen(PAGE)))
    project = projects.get(kept.database, runs[0].project_id)
    split = project.draft.split.model_copy(update={"keep_together": "group", "group_pattern": "{group}/*"})
    draft = project.draft.model_copy(update={"split": split})
    grouped = [finished(kept, project, recipe=with_seed(draft, seed)) for seed in (2, 3)]
    app = open_screen(PAGE)
    app.selectbox(key="run_choice").set_value(grouped[0].id).run()
    compare(app)
    app.selectbox(key="comparison_other").set_value(grouped[1].id).run()
    assert "differences are less certain than they seem" in texts(app)


def test_the_table_of_right_and_wrong_counts_every_image(open_screen, runs):
    app = compare(open_screen(PAGE))
    (table,) = (each.value for each in app.table)
    assert table.to_numpy().sum() == 18
    assert table.loc["run 2 right", "run 1 wrong"] == 1


def test_one_run_alone_is_compared_with_none(open_screen, kept, runs):
    store.delete(kept.database, kept.workspace, runs[0].id)
    assert "No other run of this project has a model yet" in texts(compare(open_screen(PAGE)))


def test_the_judged_runs_of_the_project_are_counted_and_not_those_of_the_session(open_screen, kept, runs):
    compare(open_screen(PAGE))
    assert "pairs to compare" not in texts(compare(open_screen(PAGE)))
    for seed in (2, 3):
        run = finished(kept, projects.get(kept.database, runs[0].project_id), recipe=with_seed(runs[0].recipe, seed))
        save_evaluation(kept.database, run, "validation", {"accuracy": 0.5})
    app = open_screen(PAGE)
    app.selectbox(key="run_choice").set_value(runs[0].id).run()
    compare(app)
    app.selectbox(key="comparison_other").set_value(runs[1].id).run()
    assert "4 judged runs make 6 pairs to compare." in texts(app)


def test_a_comparison_opens_no_test_set(open_screen, kept, runs):
    open_test(kept.database, kept.workspace, runs[1].id, opened_by="Kim", reason="The end")
    app = open_screen(PAGE)
    app.segmented_control(key="evaluate_part").set_value("test").run()
    compare(app)
    assert "The test set was not opened for run 1." in texts(app)
    assert openings(kept.database, kept.workspace, runs[1]) == 1


def test_a_comparison_on_test_images_is_said_to_use_them_up(open_screen, kept, runs):
    for run in runs:
        open_test(kept.database, kept.workspace, run.id, opened_by="Kim", reason="The end")
    app = open_screen(PAGE)
    app.segmented_control(key="evaluate_part").set_value("test").run()
    assert "Whoever chooses the better run by them has used them to choose" in texts(compare(app))
