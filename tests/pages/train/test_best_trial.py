"""The best of a search on the screen Tune: what it is worth, trained again, sent to the builder, compared."""

import pytest

from core.evaluation.best_of_search import measuring
from core.interval import wilson
from core.message import say
from core.runs import analyses, projects
from core.runs import store as runs
from core.runs.analyses import Ending
from core.runs.states import IntakeState, RunState
from core.split import read_assignment
from core.tuning import claim, searches
from core.tuning.trials import best_k, trials
from tests.core.tuning.builders import ME, RATE, conduct, conductor, make_space, work
from ui.judging.ranges import span

PAGE = "pages/train/tune.py"
ACCURACIES = (0.5, 0.75, 0.25)
SPACE = f"parameters: {{{RATE}: {{low: 0.01, high: 0.1}}}}"


@pytest.fixture
def make_search(kept, project_with_digits):
    """A search of the project to its end, whose trials reach `ACCURACIES`."""

    def make(**changes) -> searches.Search:
        left = iter(ACCURACIES)
        search = searches.create(
            kept.database,
            kept.workspace,
            project_with_digits.id,
            project_with_digits.dataset_id,
            project_with_digits.draft,
            make_space(SPACE, sampler="random", **changes),
            trials=len(ACCURACIES),
        )
        at_work = conductor(kept.database, kept.workspace, search)
        conduct(kept.database, at_work, search.id, lambda run: [0.1] * (run.epochs - 1) + [next(left)])
        at_work.close()
        claim.release(kept.database, search.id, ME)
        return searches.get(kept.database, search.id)

    return make


@pytest.fixture
def search(make_search) -> searches.Search:
    return make_search()


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def best_run(kept, search) -> runs.Run:
    (run_id,) = best_k(trials(kept.database, search.id), search.space)["run_id"]
    return runs.get(kept.database, run_id)


def validation_images(kept, run) -> int:
    return len(read_assignment(runs.run_folder(kept.workspace, run.id) / "split.csv").rows("validation"))


def draft(kept, search):
    return projects.get(kept.database, search.project_id).draft


def test_the_best_is_shown_with_what_it_can_mean_and_how_much_it_flatters(open_screen, kept, search):
    images = validation_images(kept, best_run(kept, search))
    right = round(0.75 * images)
    text = texts(open_screen(PAGE))
    assert f"**{right} of {images}** right is 75.0%, and **{span(*wilson(right, images))}** is what that can" in text
    assert "The best of 3 trials looks better than it is: if all were equally good, by about" in text
    assert "The choice is among 3 complete trials." in text
    assert "Trial 2, and what it changes in the recipe that the search began with:" in text
    assert "learning rate: 0.001 → 0.0" in text
    assert "No trial was trained or judged on a test image" in text


def test_of_a_loss_no_formula_is_told(open_screen, make_search):
    make_search(objective="val_loss")
    text = texts(open_screen(PAGE))
    assert "By how much, no formula tells for a loss" in text
    assert "is what that can mean" not in text


def test_it_is_measured_in_the_background_once_asked(open_screen, kept, search, nothing_in_the_background):
    app = open_screen(PAGE)
    app.button(key="flattering_measure").click().run()
    assert not app.exception
    task = measuring.task_of(search, trials(kept.database, search.id))
    assert analyses.state(kept.database, task).state is IntakeState.WORKING
    assert not [button for button in app.button if button.key == "flattering_measure"]


def test_what_was_measured_is_told_instead(open_screen, kept, search):
    task = measuring.task_of(search, trials(kept.database, search.id))
    message = say("Measured.").to_json()
    found = {"amount": 0.02, "trials": 3, "images": 18, "message": message}
    analyses.keep(kept.database, task, Ending(IntakeState.COMPLETED, total=3, result=found))
    app = open_screen(PAGE)
    assert "Measured." in texts(app)
    assert not [button for button in app.button if button.key == "flattering_measure"]


def test_the_best_becomes_the_draft_and_undo_brings_the_old_one_back(open_screen, kept, search):
    before, wanted = draft(kept, search), best_run(kept, search).recipe
    assert before != wanted
    app = open_screen(PAGE)
    assert "1 thing in the draft would change:" in texts(app)
    app.button(key="to_builder_send").click().run()
    assert not app.exception
    assert draft(kept, search) == wanted
    (told,) = (toast.value.replace("\\", "") for toast in app.toast)
    assert "The draft is now the recipe of trial 2. Changed: learning rate: 0.001 → 0.0" in told
    assert app.button(key="to_builder_send").disabled
    app.switch_page("pages/model/layers.py").run()
    app.button(key="undo_undo").click().run()
    assert not app.exception
    assert draft(kept, search) == before


def test_any_finished_trial_can_be_sent(open_screen, kept, search):
    app = open_screen(PAGE)
    app.selectbox(key="to_builder_trial").set_value(2).run()
    app.button(key="to_builder_send").click().run()
    table = trials(kept.database, search.id)
    assert draft(kept, search) == runs.get(kept.database, table["run_id"][2]).recipe


def test_the_best_are_queued_with_fresh_seeds_and_what_they_reach_is_told(open_screen, kept, search):
    app = open_screen(PAGE)
    app.number_input(key=f"fresh_seeds_count_{search.id}").set_value(2)
    app.number_input(key="fresh_seeds_seeds").set_value(2).run()
    app.button(key="fresh_seeds_start").click().run()
    assert not app.exception
    waiting = [run for run in runs.of_project(kept.database, search.project_id) if run.state is RunState.QUEUED]
    assert sorted(run.recipe.training.seed for run in waiting) == [1, 1, 2, 2]
    assert "4 runs with fresh seeds wait or train: what they reach comes in here." in texts(app)
    reached = iter([0.5, 0.75, 0.5, 0.5])
    for _ in waiting:
        work(kept.database, lambda _run: [next(reached)])
    app.run()
    assert not app.exception
    assert "The order changes" not in texts(app)
    assert "once more they reach 56.2%: the scores flattered by 6.2 percentage points." in texts(app)
    shown = next(frame.value for frame in app.dataframe if "Once more" in frame.value)
    assert shown["Once more"].tolist() == ["62.5% ± 17.7", "50.0% ± 0.0"]
    assert shown["In the search"].tolist() == ["75.0%", "50.0%"]


def test_the_best_can_be_compared(open_screen, kept, search):
    app = open_screen(PAGE)
    app.button(key="best_trial_compare").click().run()
    assert not app.exception
    assert "Chosen: runs 1, 2, 3" in texts(app)


def test_of_a_best_trial_whose_run_is_deleted_its_value_stays(open_screen, kept, search):
    runs.delete(kept.database, kept.workspace, best_run(kept, search).id)
    app = open_screen(PAGE)
    assert "Its run was deleted" in texts(app)
    assert "75.0%" in [metric.value for metric in app.metric]
