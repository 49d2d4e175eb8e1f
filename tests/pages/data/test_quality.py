"""The screen of the quality report, on a small dataset in which everything that is to be found was planted."""

import io
import shutil
import zipfile

import pytest

from core.dataset.editing import RemoveImages
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import load
from core.errors import DatasetError
from core.message import say
from core.quality.check import check
from core.quality.store import kept_report
from core.recipe import default_recipe
from core.runs import checks, projects, versions
from core.runs.checks import Check
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.states import IntakeState
from core.workspace import Workspace
from tests.core.quality.inspecting import drawn
from tests.pages.conftest import Store

PAGE = "pages/data/quality.py"
PLANTED = {
    **{f"cats/{number}.png": drawn(number) for number in range(4)},
    **{f"dogs/{number}.png": drawn(10 + number) for number in range(4)},
    "cats/again.png": drawn(0),
    "cats/once_more.png": drawn(0),
    "dogs/is_a_cat.png": drawn(1),
    "dogs/night.png": drawn(20).point(lambda value: value // 4),
    "dogs/empty.png": drawn(21).point(lambda value: 128),
}


def look(database, workspace, dataset_id):
    """A check without a process of its own."""
    check(load(workspace.datasets, dataset_id), lambda done, total: None)


@pytest.fixture(scope="module")
def planted_home(tmp_path_factory):
    """A workspace with one project, whose images were checked."""
    workspace = Workspace.at(tmp_path_factory.mktemp("planted") / "workspace")
    database = Database.open(workspace)
    archive = zipped(tmp_path_factory.mktemp("upload") / "pets.zip", PLANTED)
    checked_project(database, workspace, "Pets", str(archive))
    database.close()
    return workspace.home


def zipped(path, pictures, **others):
    with zipfile.ZipFile(path, "w") as file:
        for name, image in pictures.items():
            content = io.BytesIO()
            image.save(content, "PNG")
            file.writestr(name, content.getvalue())
        for name, text in others.items():
            file.writestr(f"{name}.csv", text)
    return path


def checked_project(database, workspace, name, archive):
    dataset = take_in(open_source(archive), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    project = projects.create(database, name)
    projects.set_dataset(database, project.id, dataset.id)
    projects.save_draft(database, project.id, default_recipe(dataset.image_size, len(dataset.class_names)))
    look(database, workspace, dataset.id)
    return projects.get(database, project.id)


@pytest.fixture
def project(planted_home):
    workspace = Workspace.from_environment()
    shutil.copytree(planted_home, workspace.home)
    return projects.all_projects(Database.open(workspace))[0]


@pytest.fixture
def kept(project) -> Store:
    """Opened only when the project is there."""
    workspace = Workspace.from_environment()
    return Store(workspace, Database.open(workspace))


@pytest.fixture
def open_quality(app, kept, project, monkeypatch):
    monkeypatch.setattr(checks, "start", look)

    def open_(opened=project):
        app.query_params["project"] = opened.id
        app.run()
        app.switch_page(PAGE).run()
        assert not app.exception
        return app

    return open_


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.success, app.error, app.toast)
    return "\n".join(element.value for kind in kinds for element in kind)


def now(kept, project):
    return load(kept.workspace.datasets, projects.get(kept.database, project.id).dataset_id)


def paths(dataset):
    return set(dataset.images["path"])


def position(dataset, path):
    return dataset.images["path"].tolist().index(path)


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def can_remove(app, kind) -> bool:
    return f"quality_actions_remove_{kind}" in [button.key for button in app.button]


def choose(app, dataset, kind, path):
    app.checkbox(key=f"quality_choice_{kind}_{position(dataset, path)}").check().run()


def test_every_finding_has_its_card_and_the_others_are_named(open_quality):
    said = texts(open_quality())
    assert "13 images looked at: 5 findings." in said
    for title in (
        "1 picture is in two classes",
        "2 images are there more than once, with the same pixels",
        "1 image is almost blank",
        "1 image is too dark",
        "2 classes have few images",
    ):
        assert title in said
    assert "5 images in 2 groups" in said
    assert "Nothing was found for: near-duplicates, too bright, " in said


def test_all_but_the_first_of_each_group_are_removed_and_that_undone(open_quality, kept, project):
    app = open_quality()
    before = now(kept, project)
    press(app, "quality_choice_others_exact_duplicates")
    assert "3 of 5 images chosen" in texts(app)
    press(app, "quality_actions_remove_exact_duplicates")
    assert set(PLANTED) - paths(now(kept, project)) == {"cats/again.png", "cats/once_more.png", "dogs/is_a_cat.png"}
    assert "Version 2: 3 images removed" in texts(app)
    assert "10 images looked at: 3 findings." in texts(app)
    press(app, "dataset_history_undo")
    assert now(kept, project).id == before.id
    assert "13 images looked at: 5 findings." in texts(app)


def test_an_image_under_the_wrong_label_gets_the_right_one(open_quality, kept, project):
    app = open_quality()
    before = now(kept, project)
    choose(app, before, "label_conflicts", "dogs/is_a_cat.png")
    app.selectbox(key=f"quality_actions_class_label_conflicts_{before.id}").set_value("cats").run()
    press(app, "quality_actions_relabel_label_conflicts")
    images = now(kept, project).images.set_index("path")
    assert images["class_name"]["dogs/is_a_cat.png"] == "cats"
    assert kept_report(now(kept, project)).of("label_conflicts") is None
    assert "Version 2: 1 image moved to the class cats" in texts(app)


def test_one_picture_with_two_numbers_gets_the_right_one(open_quality, kept, tmp_path):
    pictures = {f"{number}.png": drawn(number % 9) for number in range(10)}
    labels = "\n".join(["file,angle", *(f"{name},{10 * number}" for number, name in enumerate(pictures))])
    archive = zipped(tmp_path / "angles.zip", pictures, labels=labels)
    project = checked_project(kept.database, kept.workspace, "Angles", f"{archive}?label=angle&kind=number")
    app = open_quality(project)
    assert "1 picture has very different numbers" in texts(app)
    before = now(kept, project)
    choose(app, before, "label_conflicts", "9.png")
    app.number_input(key=f"quality_actions_value_label_conflicts_{before.id}").set_value(0.0).run()
    press(app, "quality_actions_set_label_conflicts")
    after = now(kept, project).images.set_index("path")["value"]
    assert (after["0.png"], after["9.png"]) == (0, 0)
    assert "picture has very different numbers" not in texts(app)


def test_nothing_can_be_done_before_an_image_is_chosen(open_quality):
    app = open_quality()
    assert not can_remove(app, "dark")
    press(app, "quality_choice_all_dark")
    assert can_remove(app, "dark")
    assert not can_remove(app, "blank")
    press(app, "quality_choice_none_dark")
    assert not can_remove(app, "dark")


def test_what_another_tab_has_changed_is_not_changed_again(open_quality, kept, project):
    app = open_quality()
    press(app, "quality_choice_all_dark")
    by_another = versions.apply(
        kept.database, kept.workspace, project.id, RemoveImages(("dogs/0.png",)), now(kept, project).id
    )
    press(app, "quality_actions_remove_dark")
    assert "The images of Pets were changed in another tab" in app.error[0].value
    assert now(kept, project).id == by_another.id
    assert "12 images looked at: 5 findings." in texts(app)
    assert not can_remove(app, "dark")
    app.run()
    assert not app.error


def test_a_change_that_cannot_be_made_is_refused_beside_its_images(open_quality, monkeypatch):
    def refuse(*_):
        raise DatasetError(say("Only the class cats would be left in Pets."))

    monkeypatch.setattr(versions, "apply", refuse)
    app = open_quality()
    press(app, "quality_choice_all_dark")
    press(app, "quality_actions_remove_dark")
    assert "Only the class cats would be left" in app.error[0].value
    assert "1 of 1 image chosen" in texts(app)
    app.run()
    assert not app.error


def test_all_findings_are_in_one_table(open_quality):
    app = open_quality()
    assert not app.dataframe or all("Finding" not in table.value for table in app.dataframe)
    app.session_state["quality_table"] = True
    app.run()
    found = next(table.value for table in app.dataframe if "Finding" in table.value)
    assert found["Finding"].value_counts().to_dict() == {
        "exact duplicates": 5,
        "one picture with two labels": 2,
        "too few images": 2,
        "almost blank": 1,
        "too dark": 1,
    }
    assert found.loc[found["Finding"] == "too dark", "File"].tolist() == ["dogs/night.png"]


@pytest.fixture
def unchecked(project, kept):
    now(kept, project).folder.joinpath("quality.json").unlink()


@pytest.mark.usefixtures("unchecked")
def test_images_that_nobody_has_checked_are_checked_when_the_screen_is_opened(open_quality):
    assert "13 images looked at: 5 findings." in texts(open_quality())


@pytest.mark.usefixtures("unchecked")
def test_a_check_at_work_shows_how_far_it_is(open_quality, monkeypatch):
    monkeypatch.setattr(checks, "state", lambda _, dataset: Check(dataset, IntakeState.WORKING, 3, 13, None))
    app = open_quality()
    assert app.get("progress")[0].proto.text == "3 of 13 images looked at"
    assert not app.button(key="quality_next").disabled


@pytest.mark.usefixtures("unchecked")
def test_a_check_that_was_lost_says_so_and_can_be_made_again(open_quality, monkeypatch):
    lost = Check("", IntakeState.LOST, 3, 13, say("The process that checked the images is gone. Check them again."))
    monkeypatch.setattr(checks, "state", lambda *_: lost)
    app = open_quality()
    assert "The process that checked the images is gone." in app.error[0].value
    press(app, "quality_check_again")
    assert "13 images looked at: 5 findings." in texts(app)
