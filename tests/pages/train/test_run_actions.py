"""New runs made out of one that is there."""

from core.runs import store
from core.runs.states import RunState
from tests.pages.worked_runs import finished, leave_checkpoint, paused, running

PAGE = "pages/train/runs.py"


def texts(app) -> str:
    return "\n".join(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind)


def keys(app) -> set[str]:
    return {button.key for button in app.button if button.key and button.key.startswith("run_actions_")}


def newest(kept, project):
    return store.of_project(kept.database, project.id)[0]


def test_a_run_is_repeated_with_a_seed_that_was_not_tried(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    app = open_screen(PAGE)
    app.button(key="run_actions_repeat").click().run()
    repeated = newest(kept, project_with_digits)
    assert repeated.recipe.training.seed == project_with_digits.draft.training.seed + 1
    assert app.subheader[0].value == "Run 2"


def test_a_run_at_work_can_be_repeated_too(open_screen, kept, project_with_digits):
    running(kept, project_with_digits)
    app = open_screen(PAGE)
    assert keys(app) == {"run_actions_adopt", "run_actions_repeat"}
    app.button(key="run_actions_repeat").click().run()
    assert newest(kept, project_with_digits).state is RunState.QUEUED


def test_a_completed_run_is_trained_further_by_a_run_of_its_own(open_screen, kept, project_with_digits):
    run = finished(kept, project_with_digits)
    leave_checkpoint(kept, run)
    app = open_screen(PAGE)
    app.number_input(key=f"run_actions_epochs_{run.id}").set_value(3).run()
    app.button(key="run_actions_further_start").click().run()
    longer = newest(kept, project_with_digits)
    assert (longer.parent_id, longer.epochs, longer.epoch) == (run.id, 8, 5)
    assert "It continues run 1 from epoch 5." in texts(app)
    assert "continues run 1" in texts(app)


def test_only_a_completed_run_is_trained_further(open_screen, kept, project_with_digits):
    run = finished(kept, project_with_digits, 2, RunState.STOPPED)
    leave_checkpoint(kept, run)
    assert "run_actions_further_start" not in keys(open_screen(PAGE))


def test_a_paused_run_is_not_deleted(open_screen, kept, project_with_digits):
    paused(kept, project_with_digits)
    assert keys(open_screen(PAGE)) == {"run_actions_adopt", "run_actions_repeat"}


def test_the_model_that_was_kept_is_named(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits, kept_epoch=2)
    assert "The model is that of epoch 2" in texts(open_screen(PAGE))
