import json

import pytest

from core.architecture.layers.dense import Dense
from core.augmentation.random_flip import RandomFlip
from core.message import say
from core.objective.monitoring import EarlyStopping
from core.objective.schedules import CosineDecay
from core.runs import projects, store
from core.runs.series import join
from core.runs.states import RunState
from tests.pages.worked_runs import finished, queued, running, with_seed

PAGE = "pages/train/runs.py"


def texts(app) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind)


def of_project(kept, project):
    return store.of_project(kept.database, project.id)


def test_before_the_first_run_the_screen_says_what_will_be_trained(open_screen):
    app = open_screen(PAGE)
    assert "**6** layers" in texts(app)
    assert "Categorical cross-entropy · Adam, learning rate 0.001" in texts(app)
    assert "**5** epochs of 3 updates" in texts(app)
    assert ":blue-badge[Training] 84" in texts(app)
    assert "No run yet" in texts(app)
    assert not app.button(key="runs_start").disabled


def test_what_is_not_in_every_training_is_said_too(open_screen, kept, project_with_digits):
    changes = {"schedule": CosineDecay(), "early_stopping": EarlyStopping(), "class_weights": "balanced"}
    training = project_with_digits.draft.training.model_copy(update=changes)
    fancy = {"training": training, "augmentation": (RandomFlip(),)}
    projects.save_draft(kept.database, project_with_digits.id, project_with_digits.draft.model_copy(update=fancy))
    assert "RandomFlip · CosineDecay · early stopping · class weights" in texts(open_screen(PAGE))


def test_start_puts_one_run_into_the_queue_and_shows_it(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.button(key="runs_start").click().run()
    [run] = of_project(kept, project_with_digits)
    assert run.state is RunState.QUEUED
    assert app.query_params["run"] == run.id
    assert app.subheader[0].value == "Run 1"
    assert "Next in line" in app.progress[0].text
    assert app.button(key="runs_start").disabled


def test_start_pressed_twice_starts_one_run(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    queued(kept, project_with_digits)  # the first press, in another tab
    app.button(key="runs_start").click().run()
    assert len(of_project(kept, project_with_digits)) == 1
    assert "Run 1 is exactly this, and it waits in the queue." in texts(app)


@pytest.mark.parametrize("series", ["search-1f9c", "seeds-1f9c"])
def test_a_trial_or_a_repeat_of_the_same_recipe_is_nobodys_run(open_screen, kept, project_with_digits, series):
    join(kept.database, queued(kept, project_with_digits).id, series)
    app = open_screen(PAGE)
    assert "is exactly this" not in texts(app)
    app.button(key="runs_start").click().run()
    mine, other = of_project(kept, project_with_digits)
    assert (mine.series, other.series) == (None, series)
    assert app.query_params["run"] == mine.id


def test_another_recipe_can_wait_behind_a_run(open_screen, kept, project_with_digits):
    running(kept, project_with_digits, recipe=with_seed(project_with_digits.draft, 1))
    app = open_screen(PAGE)
    app.button(key="runs_start").click().run()
    assert len(of_project(kept, project_with_digits)) == 2
    assert "1 run is before it" in app.progress[0].text


def test_a_recipe_with_a_problem_is_not_offered_and_the_reason_is_said(open_screen, kept, project_with_digits):
    layers = (*project_with_digits.draft.layers[:-1], Dense(units=3, activation="softmax"))
    broken = project_with_digits.draft.model_copy(update={"layers": layers})
    projects.save_draft(kept.database, project_with_digits.id, broken)
    app = open_screen(PAGE)
    assert app.button(key="runs_start").disabled
    assert "10" in app.warning[0].value
    assert "Mend it" in app.page_link[0].value


def test_a_problem_of_the_training_is_mended_at_the_training(open_screen, kept, project_with_digits):
    smoothed = {"loss": "sparse_categorical_crossentropy", "label_smoothing": 0.1}
    training = project_with_digits.draft.training.model_copy(update=smoothed)
    broken = project_with_digits.draft.model_copy(update={"training": training})
    projects.save_draft(kept.database, project_with_digits.id, broken)
    app = open_screen(PAGE)
    assert app.button(key="runs_start").disabled
    assert app.page_link[0].value == "Mend it at the training"


def test_a_split_without_training_images_is_not_offered(open_screen, kept, project_with_digits):
    split = project_with_digits.draft.split.model_copy(update={"train": 0.0, "validation": 0.5, "test": 0.5})
    projects.save_draft(
        kept.database, project_with_digits.id, project_with_digits.draft.model_copy(update={"split": split})
    )
    app = open_screen(PAGE)
    assert app.button(key="runs_start").disabled
    assert "No image is left for training" in app.warning[0].value
    assert app.page_link[0].value == "Mend it at the split"


def test_a_running_run_shows_how_far_it_is_and_what_the_curves_say(open_screen, kept, project_with_digits):
    running(kept, project_with_digits, epochs=3)
    app = open_screen(PAGE)
    assert "Epoch 4 of 5 · update 9 of 15" in app.progress[0].text
    assert "about 4 seconds left" in app.progress[0].text
    assert app.progress[0].value == 60
    assert "After 3 of 5 epochs the validation accuracy is 80.0%, best 90.0% in epoch 2." in texts(app)
    assert len(app.get("vega_lite_chart")) == 3, "loss, accuracy and learning rate"
    assert app.dataframe[0].value["val_accuracy"].tolist() == [0.5, 0.9, 0.8]


def test_the_charts_differ_in_their_rows_alone_while_a_run_goes_on(open_screen, kept, project_with_digits):
    """What else the browser gets would make it draw the charts anew, and they would flicker."""
    queued(kept, project_with_digits)
    before = charts(open_screen(PAGE))
    store.request_stop(kept.database, of_project(kept, project_with_digits)[0].id)
    running(kept, project_with_digits, epochs=3)
    assert charts(open_screen(PAGE)) == before


def charts(app) -> list[tuple[dict, str]]:
    """What the browser gets of each chart, but for its rows and the name that follows from them."""
    protos = [chart.proto for chart in app.get("vega_lite_chart")]
    return [(json.loads(proto.spec) | {"data": None}, proto.alt) for proto in protos]


def test_stop_asks_the_run_to_stop_once(open_screen, kept, project_with_digits):
    run = running(kept, project_with_digits, epochs=1)
    app = open_screen(PAGE)
    app.button(key="live_run_stop").click().run()
    assert store.get(kept.database, run.id).stop_requested
    assert app.button(key="live_run_stop").disabled
    assert "Stopping" in app.progress[0].text


def test_a_waiting_run_is_taken_out_of_the_queue(open_screen, kept, project_with_digits):
    run = queued(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key="live_run_stop").click().run()
    assert store.get(kept.database, run.id).state is RunState.STOPPED
    assert app.progress[0].text == "It was taken out of the queue before it began."
    assert app.button(key="runs_next").disabled


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.LOST])
def test_a_run_in_trouble_says_why_and_what_to_do(open_screen, kept, project_with_digits, state):
    finished(kept, project_with_digits, 2, state, say("The loss is not a number any more."))
    app = open_screen(PAGE)
    assert app.error[0].value == "The loss is not a number any more."
    assert app.button(key="runs_next").disabled


def test_the_list_has_every_run_and_a_click_shows_one(open_screen, kept, project_with_digits):
    first = finished(kept, project_with_digits)
    finished(kept, project_with_digits, epochs=1)
    app = open_screen(PAGE)
    assert app.subheader[0].value == "Run 2"
    app.button(key=f"run_table_show_{first.id}").click().run()
    assert app.subheader[0].value == "Run 1"
    assert app.query_params["run"] == first.id
    assert "**:orange[90.0%]**" in texts(app), "the best of all"
    assert "\n:orange[50.0%]" in texts(app)


def test_the_address_names_the_run_that_is_shown(open_screen, app, kept, project_with_digits):
    first = finished(kept, project_with_digits)
    finished(kept, project_with_digits)
    app.query_params["project"] = project_with_digits.id
    app.run()
    app.switch_page(PAGE)
    app.query_params["run"] = first.id
    app.run()
    assert app.subheader[0].value == "Run 1"


def test_run_again_trains_the_recipe_of_the_run_not_the_draft(open_screen, kept, project_with_digits):
    other = with_seed(project_with_digits.draft, 7)
    finished(kept, project_with_digits, recipe=other)
    app = open_screen(PAGE)
    app.button(key="run_actions_again").click().run()
    newest, _ = of_project(kept, project_with_digits)
    assert newest.recipe == other
    assert app.subheader[0].value == "Run 2"


def test_the_recipe_of_a_run_becomes_the_draft(open_screen, kept, project_with_digits):
    other = with_seed(project_with_digits.draft, 7)
    finished(kept, project_with_digits, recipe=other)
    app = open_screen(PAGE)
    app.button(key="run_actions_adopt").click().run()
    assert projects.get(kept.database, project_with_digits.id).draft == other
    assert app.button(key="run_actions_adopt").disabled


def test_a_run_is_deleted_after_a_question(open_screen, kept, project_with_digits):
    run = finished(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key="run_actions_delete").click().run()
    assert of_project(kept, project_with_digits), "asking deletes nothing"
    app.button(key="run_actions_delete_for_good").click().run()
    assert of_project(kept, project_with_digits) == []
    assert not store.run_folder(kept.workspace, run.id).exists()
    assert "No run yet" in texts(app)


def test_a_run_at_work_cannot_be_deleted(open_screen, kept, project_with_digits):
    running(kept, project_with_digits)
    app = open_screen(PAGE)
    with pytest.raises(KeyError):
        app.button(key="run_actions_delete")
