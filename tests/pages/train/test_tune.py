"""Choosing what is searched and how, beginning a search, and following it."""

import pytest

from core.recipe import default_recipe
from core.runs import projects
from core.runs.datasets import register_dataset
from core.runs.states import SearchState
from core.split import Split
from core.tuning import searches
from core.tuning.space import Choices, Range
from tests.core.dataset.number_images import number_dataset
from tests.core.tuning.builders import RATE, by_rate, conduct, conductor, make_space
from tests.pages.worked_runs import finished

PAGE = "pages/train/tune.py"
COMPARE = "pages/train/compare.py"
FILTERS = "layers.0.filters"


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.warning, app.error, app.info)
    told = [element.value for kind in kinds for element in kind] + [bar.proto.text for bar in app.get("progress")]
    return "\n".join(told).replace("\\", "")


def of_project(kept, project):
    return searches.of_project(kept.database, project.id)


def begun(kept, project, trials: int = 3, space=None, **limits):
    """A search of the project's draft."""
    return searches.create(
        kept.database,
        kept.workspace,
        project.id,
        str(project.dataset_id),
        project.draft,
        space or make_space(),
        trials=trials,
        **limits,
    )


def worked(kept, search):
    """All its trials are done, by a worker that does as it is told."""
    at_work = conductor(kept.database, kept.workspace, search)
    try:
        return conduct(kept.database, at_work, search.id, by_rate)
    finally:
        at_work.close()


def keyed(elements, part: str):
    """The one widget whose key has ``part`` in it."""
    (found,) = (each for each in elements if each.key and part in each.key)
    return found


def tick_layers(app, *paths: str):
    keyed(app.multiselect, "_layers_").set_value(list(paths)).run()
    assert not app.exception


def start(app):
    return app.button(key="tune_start")


def test_before_the_first_search_the_learning_rate_is_chosen_and_can_be_searched(open_screen):
    app = open_screen(PAGE)
    told = texts(app)
    assert "No search yet" in told
    assert "Learning rate" in told
    assert "How long it takes is known after the first trial." in told
    assert not start(app).disabled


def test_a_click_begins_the_search_that_was_chosen(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    tick_layers(app, FILTERS)
    keyed(app.number_input, "_low").set_value(0.0005).run()
    keyed(app.number_input, "_trials").set_value(7).run()
    keyed(app.number_input, "_minutes").set_value(2.5).run()
    start(app).click().run()
    (search,) = of_project(kept, project_with_digits)
    assert search.space.parameters == {
        RATE: Range(low=0.0005, high=0.01, log=True),
        FILTERS: Choices(choices=(16, 32, 64)),
    }
    assert (search.trials, search.minutes, search.space.sampler, search.space.pruner) == (7, 2.5, "tpe", "none")
    assert search.recipe == project_with_digits.draft


def test_a_typed_value_is_searched_too(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    tick_layers(app, FILTERS)
    keyed(app.multiselect, "_values").set_value(["16", "48"]).run()
    start(app).click().run()
    (search,) = of_project(kept, project_with_digits)
    assert search.space.parameters[FILTERS] == Choices(choices=(16, 48))


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ("_low", 0.5, "The range begins above its end."),
        ("_low", 0.0, "A logarithmic range begins above 0"),
        ("_high", 1000.0, "must be at most"),
    ],
)
def test_a_wrong_range_says_so_where_it_stands_and_cannot_be_started(open_screen, part, value, sentence):
    app = open_screen(PAGE)
    keyed(app.number_input, part).set_value(value).run()
    assert sentence in texts(app)
    assert start(app).disabled


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "Choose at least one value, or do not search this setting."),
        (["many"], "many is no number."),
        (["0"], "must be at least 1"),
    ],
)
def test_wrong_values_say_so_where_they_stand_and_cannot_be_started(open_screen, values, sentence):
    app = open_screen(PAGE)
    tick_layers(app, FILTERS)
    keyed(app.multiselect, "_values").set_value(values).run()
    assert sentence in texts(app)
    assert start(app).disabled


def test_a_kernel_that_is_larger_than_the_image_is_told_with_its_layer(open_screen):
    app = open_screen(PAGE)
    tick_layers(app, "layers.0.kernel_size")
    keyed(app.multiselect, "_values").set_value(["3", "99"]).run()
    assert "99 × 99: Layer 1: The kernel_size of 99 × 99 is larger than the input of 28 × 28" in texts(app)


def test_without_a_setting_there_is_nothing_to_search(open_screen):
    app = open_screen(PAGE)
    keyed(app.pills, "_training_").set_value([]).run()
    assert "Choose at least one setting to search." in texts(app)
    assert start(app).disabled


def test_a_grid_lists_values_and_counts_its_points(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    tick_layers(app, FILTERS)
    keyed(app.segmented_control, "_sampler").set_value("grid").run()
    assert "The grid has 15 points. All of them are tried." in texts(app)
    keyed(app.number_input, "_trials").set_value(10).run()
    assert "The grid has 15 points. 10 of them are tried" in texts(app)
    start(app).click().run()
    (search,) = of_project(kept, project_with_digits)
    assert search.space.parameters[RATE] == Choices(choices=(0.0001, 0.0003, 0.001, 0.003, 0.01))


def test_earlier_runs_tell_how_long_it_will_take(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    told = texts(open_screen(PAGE))
    assert "About 6 minutes, going by" in told, "20 trials with 9 s to start and 5 epochs of 2 s"


def test_what_was_chosen_outlives_a_visit_of_another_screen(open_screen):
    app = open_screen(PAGE)
    tick_layers(app, FILTERS)
    keyed(app.multiselect, "_values").set_value(["16", "48"]).run()
    keyed(app.segmented_control, "_pruner").set_value("hyperband").run()
    keyed(app.number_input, "_high").set_value(0.05).run()
    app.switch_page("pages/train/runs.py").run()
    app.switch_page(PAGE).run()
    assert keyed(app.multiselect, "_values").value == ["16", "48"]
    assert keyed(app.segmented_control, "_pruner").value == "hyperband"
    assert keyed(app.number_input, "_high").value == 0.05


def test_a_draft_that_cannot_be_trained_is_not_searched(open_screen, kept, project_with_digits):
    draft = project_with_digits.draft
    projects.save_draft(kept.database, project_with_digits.id, draft.model_copy(update={"layers": draft.layers[:-1]}))
    app = open_screen(PAGE)
    assert app.warning
    assert not [button for button in app.button if button.key == "tune_start"]


def test_with_folds_it_is_told_which_one_judges(open_screen, kept, project_with_digits):
    draft = project_with_digits.draft
    split = Split.model_validate(draft.split.model_dump() | {"folds": 3, "fold": 1})
    projects.save_draft(kept.database, project_with_digits.id, draft.model_copy(update={"split": split}))
    assert "The split has 3 folds: all trials are judged by fold 2 alone" in texts(open_screen(PAGE))


def test_where_numbers_are_predicted_trials_are_judged_by_the_loss_alone(app, kept, tmp_path):
    dataset = number_dataset(tmp_path, kept.workspace.datasets, 30)
    register_dataset(kept.database, dataset)
    project = projects.create(kept.database, "Needles")
    projects.set_dataset(kept.database, project.id, dataset.id)
    projects.save_draft(kept.database, project.id, default_recipe(dataset.image_size, 0))
    app.query_params["project"] = project.id
    app.run()
    app.switch_page(PAGE).run()
    assert keyed(app.segmented_control, "_objective").options == ["Lowest validation loss"]
    start(app).click().run()
    (search,) = of_project(kept, project)
    assert search.space.objective == "val_loss"


def test_the_seed_and_the_objective_are_those_that_were_chosen(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    keyed(app.segmented_control, "_objective").set_value("val_loss").run()
    keyed(app.number_input, "_seed").set_value(7).run()
    start(app).click().run()
    (search,) = of_project(kept, project_with_digits)
    assert (search.space.objective, search.space.seed) == ("val_loss", 7)


def test_a_lesson_asks_its_question(open_screen, kept, project_with_digits):
    begun(kept, project_with_digits, lesson="learning_rate")
    assert "Which rate gets furthest?" in texts(open_screen(PAGE))


def test_a_search_that_works_can_be_paused_continued_and_stopped(open_screen, kept, project_with_digits):
    search = begun(kept, project_with_digits)
    app = open_screen(PAGE)
    assert "Getting ready: the first trial begins in a few seconds." in texts(app)
    for name, state in [
        ("pause", SearchState.PAUSED),
        ("play_arrow", SearchState.RUNNING),
        ("stop", SearchState.STOPPED),
    ]:
        app.button(key=f"search_controls_{name}").click().run()
        assert not app.exception
        assert searches.get(kept.database, search.id).state is state
    assert not [button for button in app.button if str(button.key).startswith("search_controls")]


def test_a_search_shows_how_far_it_came_and_what_it_searched(open_screen, kept, project_with_digits):
    worked(kept, begun(kept, project_with_digits))
    told = texts(open_screen(PAGE))
    assert "3 of 3 trials are done" in told
    assert "Learning rate**: 0.0001 – 0.01, logarithmic" in told
    assert "completed" in told


def test_failed_trials_are_counted_and_the_reason_of_an_early_end_is_told(open_screen, kept, project_with_digits):
    space = make_space("parameters: {layers.0.filters: {choices: [8, 16]}, layers.0.kernel_size: {choices: [3, 99]}}")
    worked(kept, begun(kept, project_with_digits, 4, space.model_copy(update={"sampler": "grid"})))
    told = texts(open_screen(PAGE))
    assert "2 trials failed" in told
    assert "All points of the grid that can be trained were tried: 2 instead of 4 trials." in told


def test_the_newest_search_is_shown_and_another_one_can_be_chosen(open_screen, kept, project_with_digits):
    first = worked(kept, begun(kept, project_with_digits, 2))
    begun(kept, project_with_digits)
    app = open_screen(PAGE)
    choice = app.selectbox(key="tune_search")
    assert [option.split(" · ")[:3] for option in choice.options] == [
        ["Search 2", "at work", "0 trials"],
        ["Search 1", "completed", "2 trials"],
    ]
    assert "best" in choice.options[1]
    assert "Getting ready" in texts(app)
    choice.set_value(first.id).run()
    assert "2 of 2 trials are done" in texts(app)
    app.switch_page(COMPARE).run()
    app.switch_page(PAGE).run()
    assert "2 of 2 trials are done" in texts(app)
