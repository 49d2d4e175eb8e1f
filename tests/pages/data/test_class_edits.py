"""Classes that are renamed, merged and removed, and the versions of the images that come of it."""

from core.dataset.store import load
from core.runs import projects
from core.runs import store as runs
from core.runs.states import RunState

PAGE = "pages/data/images.py"


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def now(kept, project):
    return load(kept.workspace.datasets, projects.get(kept.database, project.id).dataset_id)


def change(app, kept, project, kind) -> str:
    """Chooses what to do; what the keys of its form end in."""
    form = now(kept, project).id
    app.segmented_control(key=f"class_edits_kind_{form}").set_value(kind).run()
    return form


def rename(app, kept, project, old, new):
    form = change(app, kept, project, "rename")
    app.selectbox(key=f"class_edits_old_{form}").set_value(old).run()
    app.text_input(key=f"class_edits_new_{form}").set_value(new).run()
    app.button(key="class_edits_apply").click().run()
    assert not app.exception


def test_a_class_is_renamed_undone_and_renamed_again(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    rename(app, kept, project_with_digits, "0", "zero")
    assert now(kept, project_with_digits).class_names[-1] == "zero"
    assert "Version 2: the class 0 renamed to zero" in texts(app)
    app.button(key="dataset_history_undo").click().run()
    assert now(kept, project_with_digits).id == project_with_digits.dataset_id
    assert "Version 1: 120 images added" in texts(app)
    assert app.button(key="dataset_history_undo").disabled
    app.button(key="dataset_history_redo").click().run()
    assert now(kept, project_with_digits).class_names[-1] == "zero"
    assert not app.exception


def test_classes_are_merged_while_the_gallery_shows_one_that_goes(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.pills(key="image_gallery_class").set_value(9).run()
    form = change(app, kept, project_with_digits, "merge")
    app.multiselect(key=f"class_edits_names_{form}").set_value(["1", "9"]).run()
    app.text_input(key=f"class_edits_into_{form}").set_value("straight").run()
    app.button(key="class_edits_apply").click().run()
    assert not app.exception
    images = now(kept, project_with_digits).images
    assert images["class_name"].value_counts()["straight"] == 24
    assert "120 images · 9 classes" in texts(app.sidebar)


def test_a_class_is_removed_with_its_images(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    form = change(app, kept, project_with_digits, "remove")
    app.selectbox(key=f"class_edits_removed_{form}").set_value("7").run()
    assert "Its 12 images are removed with it." in texts(app)
    app.button(key="class_edits_apply").click().run()
    assert "7" not in now(kept, project_with_digits).class_names
    (table,) = (each.value for each in app.dataframe if "Version" in each.value)
    assert table["Change"].tolist() == ["the class 7 removed", "120 images added"]


def test_what_core_refuses_is_said(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    rename(app, kept, project_with_digits, "0", "1")
    assert "There is a class 1 already" in app.error[0].value
    assert now(kept, project_with_digits).id == project_with_digits.dataset_id


def test_runs_keep_the_version_that_they_used(open_screen, kept, project_with_digits):
    project = project_with_digits
    run = runs.enqueue(kept.database, kept.workspace, project.id, project.dataset_id, project.draft)
    app = open_screen(PAGE)
    rename(app, kept, project_with_digits, "0", "zero")
    assert "1 run was trained on another version, and keeps it." in texts(app)
    assert runs.get(kept.database, run.id).dataset_id == project.dataset_id
    assert runs.get(kept.database, run.id).state is RunState.QUEUED
