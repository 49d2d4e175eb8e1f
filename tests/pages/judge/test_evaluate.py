import numpy as np
import pytest

from core.dataset.store import load, pixels
from core.evaluation import judge
from core.runs import control, projects
from tests import sealed
from tests.pages.worked_runs import finished, paused, queued, running, with_seed

pytestmark = pytest.mark.usefixtures("nothing_in_the_background")

PAGE = "pages/judge/evaluate.py"


def texts(app) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind)


@pytest.fixture
def model(monkeypatch, kept, project_with_digits):
    """Instead of a trained model, one that knows every digit but the 3, which it takes for an 8."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    known = {
        image.tobytes(): label
        for image, label in zip(pixels(dataset, dataset.image_size), dataset.images["label"], strict=True)
    }

    def predict(_model, images, rows):
        images = images[rows]
        labels = [known[image.tobytes()] for image in images]
        found = np.eye(10, dtype=np.float32)[[8 if label == 3 else label for label in labels]]
        return np.where(found == 1, np.float32(0.9), np.float32(0.1 / 9))

    monkeypatch.setattr(judge, "predict", predict)


def openings(kept, run) -> int:
    return sealed.openings(kept.database, kept.workspace, run)


def open_test_set(app) -> None:
    app.segmented_control(key="evaluate_part").set_value("test").run()
    answer_the_question(app)


def answer_the_question(app, name: str = "Kim", reason: str = "The end") -> None:
    app.button(key="sealed_test_open").click().run()
    app.text_input(key="sealed_test_by").set_value(name)
    app.text_area(key="sealed_test_reason").set_value(reason)
    app.button(key="sealed_test_confirm").click().run()


def test_without_a_finished_run_the_screen_leads_to_the_runs(open_screen):
    app = open_screen(PAGE)
    assert "No run of this project is finished yet" in texts(app)
    assert app.button(key="run_choice_to_runs").label == "Go to the runs"


def test_while_the_first_run_is_at_work_the_screen_says_so(open_screen, kept, project_with_digits):
    running(kept, project_with_digits)
    assert "A run is still training" in texts(open_screen(PAGE))


def test_a_paused_run_has_to_end_before_it_is_judged(open_screen, kept, project_with_digits):
    paused(kept, project_with_digits)
    assert "A run is paused. Continue or stop it" in texts(open_screen(PAGE))


def test_a_run_that_left_the_queue_before_it_began_has_nothing_to_judge(open_screen, kept, project_with_digits):
    control.request_stop(kept.database, queued(kept, project_with_digits).id)
    assert "No run of this project is finished yet" in texts(open_screen(PAGE))


def test_a_run_is_judged_on_the_validation_images_at_once(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    assert app.metric[0].value == "94.4%"
    assert "**17 of 18** right is 94.4%, and **74–99%** is what that can mean." in texts(app)
    assert "The one mistake: 3 is taken for 8." in texts(app)
    assert "3 is found least often: **0 of 1** is 0.0%, and **0–79%** is what that can mean." in texts(app)
    assert ":orange-badge[Validation]" in texts(app)
    assert ":violet-badge[Test]" not in texts(app)
    assert openings(kept, run) == 0


def test_the_validation_figure_is_said_to_flatter_where_something_was_chosen_by_it(
    open_screen, kept, project_with_digits, model
):
    finished(kept, project_with_digits)
    assert "So this figure flatters" not in texts(open_screen(PAGE))
    finished(kept, project_with_digits, kept_epoch=2, recipe=with_seed(project_with_digits.draft, 1))
    words = texts(open_screen(PAGE))
    assert "The net of epoch 2 was kept, as the best on these images. 2 runs of this project" in words
    assert "So this figure flatters" in words


def test_images_that_belong_together_are_said_to_make_ranges_too_sure(open_screen, kept, project_with_digits, model):
    draft = project_with_digits.draft
    in_groups = draft.split.model_copy(update={"keep_together": "group", "group_pattern": "{group}/*"})
    finished(kept, project_with_digits, recipe=draft.model_copy(update={"split": in_groups}))
    assert "are of one group with others here, or look like them" in texts(open_screen(PAGE))


def test_the_tables_have_the_figures_of_the_pictures(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    matrix, per_class = (table.value for table in open_screen(PAGE).dataframe)
    assert matrix.loc["3", "8"] == 1
    assert matrix.to_numpy().sum() == 18
    assert per_class.set_index("class_name").loc["8", "recall"] == 100


def test_the_test_set_is_sealed_until_the_question_is_answered(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    app.segmented_control(key="evaluate_part").set_value("test").run()
    assert "**18 images** · never opened" in texts(app)
    assert not app.metric
    app.button(key="sealed_test_open").click().run()
    assert "Opening is recorded" in texts(app)
    app.button(key="sealed_test_keep").click().run()
    assert not app.metric
    assert openings(kept, run) == 0


def test_an_opening_is_counted_and_its_figures_are_marked_as_test(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    assert app.metric
    assert "opened 1 time" in texts(app)
    assert ":violet-badge[Test]" in texts(app)
    assert openings(kept, run) == 1


def test_nobody_opens_the_test_set_without_a_name_and_a_reason(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    app.segmented_control(key="evaluate_part").set_value("test").run()
    answer_the_question(app, reason=" ")
    assert not app.metric
    assert openings(kept, run) == 0


def test_the_record_of_the_openings_stands_by_the_test_figure(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    (record,) = (table.value for table in app.dataframe if "Who" in table.value)
    (opening,) = record.drop(columns="When").to_numpy().tolist()
    assert opening == ["Kim", "Run 1", "The end", "88.9%", 18, 18]


def test_a_split_that_moves_opened_images_says_so(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    draft = project_with_digits.draft
    other = draft.model_copy(update={"split": draft.split.model_copy(update={"seed": 1})})
    projects.save_draft(kept.database, project_with_digits.id, other)
    app.switch_page("pages/data/split.py").run()
    assert any("opened as test images before" in warning.value for warning in app.warning)


def test_a_reload_shows_the_test_figures_without_another_opening(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    app.run()
    app.segmented_control(key="evaluate_part").set_value("validation").run()
    app.segmented_control(key="evaluate_part").set_value("test").run()
    assert app.metric
    assert openings(kept, run) == 1


def test_a_second_opening_is_said_to_flatter(open_screen, kept, project_with_digits, model):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    answer_the_question(app)
    assert openings(kept, run) == 2
    (warning,) = app.warning
    assert "Opened 2 times: the figure has begun to flatter" in warning.value
    assert "at most 13.9 points by luck alone" in warning.value, "the square root of ln 2 / 36"


def test_another_run_of_the_same_split_knows_of_the_opening(open_screen, kept, project_with_digits, model):
    finished(kept, project_with_digits)
    app = open_screen(PAGE)
    open_test_set(app)
    second = finished(kept, project_with_digits)
    app.run()
    app.selectbox(key="run_choice").set_value(second.id).run()
    assert "opened 1 time" in texts(app)
    assert not app.metric, "but its own figures are sealed"
