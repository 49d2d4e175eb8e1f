import pytest

from core.runs import intakes, projects
from core.runs.states import SearchState
from tests.core.runs.builders import add_search
from tests.pages.conftest import wait_for_intake


def titles(app):
    return [title.value for title in app.title]


def names(kept):
    return {project.name for project in projects.all_projects(kept.database)}


def choose_in_menu(app, project, action):
    return app.menu_button(key=f"project_cards_menu_{project.id}").set_value(action).run()


def test_the_first_visit_says_what_layerlab_is_and_offers_three_ways_to_begin(app):
    app.run()
    assert titles(app) == ["See a neural network learn from your images"]
    assert all(app.button(key=f"landing_{way}") for way in ("digits", "animals", "own"))
    assert not app.exception


def test_a_sample_set_makes_a_project_and_begins_to_take_its_images_in(app, kept, monkeypatch):
    started = []
    monkeypatch.setattr(intakes, "start", lambda database, workspace, project_id, source, name: started.append(source))
    app.run()
    app.button(key="landing_animals").click().run()
    assert names(kept) == {"Animal silhouettes"}
    assert started == ["animals"]
    assert titles(app) == ["Images"]
    assert app.query_params["project"] == projects.all_projects(kept.database)[0].id


def test_images_of_ones_own_begin_with_an_empty_project(app, kept):
    app.run()
    app.button(key="landing_own").click().run()
    assert names(kept) == {"My images"}
    assert titles(app) == ["Images"]
    assert app.file_uploader(key="upload_panel_zip")


def test_a_second_project_of_the_same_kind_gets_another_name(app, kept):
    projects.create(kept.database, "My images")
    app.run()
    app.button(key="projects_own").click().run()
    assert names(kept) == {"My images", "My images 2"}


def test_a_later_visit_shows_the_projects_with_their_data_in_one_line(app, project_with_digits):
    app.run()
    assert titles(app) == ["Projects"]
    captions = [caption.value for caption in app.caption]
    assert "120 images · 10 classes · 28 × 28 × 1" in captions
    assert "0 runs" in captions


def test_a_project_is_opened_from_its_card(app, project_with_digits):
    app.run()
    app.button(key=f"project_cards_open_{project_with_digits.id}").click().run()
    assert titles(app) == ["Images"]
    assert app.query_params["project"] == project_with_digits.id


def test_the_address_opens_a_project_and_stays_when_the_screen_changes(open_screen, project_with_digits):
    app = open_screen("pages/data/split.py")
    assert titles(app) == ["Split"]
    assert app.query_params["project"] == project_with_digits.id
    assert app.selectbox(key="sidebar_project").value == project_with_digits.id


@pytest.mark.parametrize("page", ["pages/home/projects.py", "pages/data/images.py"])
def test_an_unknown_project_in_the_address_gets_a_sentence(app, page):
    app.query_params["project"] = "nobody"
    app.run()
    app.switch_page(page).run()
    assert not app.exception
    assert "not here" in app.warning[0].value


def test_the_sidebar_switches_between_projects(open_screen, kept, project_with_digits):
    other = projects.create(kept.database, "Other")
    app = open_screen("pages/data/split.py")
    app.selectbox(key="sidebar_project").select(other.id).run()
    assert app.query_params["project"] == other.id
    assert "This project has no images yet" in [subheader.value for subheader in app.subheader]


def test_a_project_is_duplicated_without_its_runs(app, kept, project_with_digits):
    app.run()
    choose_in_menu(app, project_with_digits, "duplicate")
    assert names(kept) == {"Digits", "Digits (copy)"}
    assert not app.exception


def test_deleting_says_what_will_be_lost_before_anything_is(app, kept, project_with_digits):
    app.run()
    choose_in_menu(app, project_with_digits, "delete")
    assert any("will be lost" in text.value for text in app.markdown)
    assert names(kept) == {"Digits"}


@pytest.mark.parametrize("state", [SearchState.COMPLETED, SearchState.RUNNING])
def test_deleting_says_that_searches_will_be_lost_and_that_one_which_runs_has_to_be_stopped(
    app, kept, project_with_digits, state
):
    project = project_with_digits
    add_search(kept.database, project.dataset_id, project_id=project.id, state=state)
    app.run()
    choose_in_menu(app, project_with_digits, "delete")
    [said] = [text.value for text in app.markdown if "will be lost" in text.value]
    assert "Its search for good settings, with all trials, will be lost too." in said
    assert ("once no search is running" in said) == state.is_working
    assert not app.exception


def test_the_language_is_switched_and_kept_in_the_address(app):
    app.run()
    app.segmented_control(key="language_choice").set_value("ko").run()
    assert app.query_params["lang"] == "ko"
    assert app.segmented_control(key="language_choice").value == "ko"
    assert not app.exception


def test_a_sample_set_ends_up_as_images_to_look_at(app, kept):
    app.run()
    app.button(key="landing_digits").click().run()
    project = projects.all_projects(kept.database)[0]
    wait_for_intake(kept.database, project.id)
    app.run()
    assert "5,000 images · 10 classes · 28 × 28 × 1" in [caption.value for caption in app.sidebar.caption]
    assert app.button(key="train_now")
    assert app.button(key="images_next")
