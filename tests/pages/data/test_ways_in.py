"""Every way in which images come into a project, on the screen that offers them."""

import io

import pytest
from PIL import Image

from core.dataset.store import load
from core.runs import intakes, projects
from tests.pages.conftest import wait_for_intake

PAGE = "pages/data/images.py"


def png(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (8, 8), shade).save(file, "PNG")
    return file.getvalue()


def pictures(*shades: int) -> list[tuple[str, bytes, str]]:
    return [(f"{shade}.png", png(shade), "image/png") for shade in shades]


@pytest.fixture
def project(app, kept):
    """A project without images, open on the screen of images."""
    made = projects.create(kept.database, "Mine")
    app.query_params["project"] = made.id
    app.run()
    app.switch_page(PAGE).run()
    return made


def choose(app, way):
    app.radio(key="upload_panel_way").set_value(way).run()
    assert not app.exception
    return app


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def images_of(app, kept, project):
    """The images of the project, as soon as the intake is over."""
    intake = wait_for_intake(kept.database, project.id)
    assert intake.dataset_id, intake.message
    app.run()
    assert not app.exception
    return load(kept.workspace.datasets, projects.get(kept.database, project.id).dataset_id)


def name_class(app, key, class_name):
    """Chooses a class that is there, or writes the name of a new one."""
    known = [box for box in app.selectbox if box.key == key and class_name in box.options]
    for box in known:
        box.set_value(box.options.index(class_name) - 1).run()
    if not known:
        app.text_input(key=f"{key}_new").set_value(class_name).run()


def drop_class(app, turn, class_name, *shades):
    name_class(app, f"one_class_name_{turn}", class_name)
    app.file_uploader(key=f"one_class_files_{turn}").set_value(pictures(*shades)).run()
    assert not app.exception


def classes_of(dataset) -> dict[str, int]:
    return dataset.images["class_name"].value_counts().to_dict()


def test_classes_are_collected_one_at_a_time_and_taken_in_together(app, kept, project):
    choose(app, "classes")
    drop_class(app, 0, "train", 1, 2)
    assert app.button(key="collected_classes_take").disabled
    assert "A second class is needed" in texts(app)
    drop_class(app, 1, "test", 3)
    drop_class(app, 2, "train", 4)
    app.button(key="collected_classes_take").click().run()
    assert classes_of(images_of(app, kept, project)) == {"train": 3, "test": 1}
    assert list((kept.workspace.home / "uploads").iterdir()) == []


def test_a_collected_class_can_be_removed_again(app, kept, project):
    choose(app, "classes")
    drop_class(app, 0, "cats", 1)
    app.button(key="collected_classes_remove_0").click().run()
    assert "Collected so far" not in texts(app)


def test_a_class_that_cannot_be_called_so_gets_a_sentence(app, kept, project):
    choose(app, "classes")
    drop_class(app, 0, "cats/black", 1)
    assert "A class cannot be called cats/black" in app.error[0].value


def test_a_class_is_added_at_once_to_images_that_are_there(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.button(key="add_images_open").click().run()
    assert "Sample set" not in " ".join(app.radio(key="upload_panel_way").options)
    choose(app, "classes")
    drop_class(app, 0, "squares", 1, 2)
    dataset = images_of(app, kept, project_with_digits)
    assert len(dataset.images) == 122
    assert classes_of(dataset)["squares"] == 2
    assert "Version 2: 2 images added" in texts(app)


def test_a_table_with_numbers_makes_images_with_numbers(app, kept, project):
    choose(app, "table")
    table = b"picture;temperature\n1.png;1,5\n2.png;2,5\n3.png;7\n4.png;x\n"
    upload = app.file_uploader(key="labels_table_files")
    upload.set_value([("heat.csv", table, "text/csv")]).run()
    assert "Now add the images" in texts(app)
    app.file_uploader(key="labels_table_files").set_value(
        [("heat.csv", table, "text/csv"), *pictures(1, 2, 3, 4)]
    ).run()
    app.button(key="labels_table_look").click().run()
    assert app.selectbox(key="label_columns_form_file").value == "picture"
    assert app.selectbox(key="label_columns_form_label").value == "temperature"
    assert "4 of 4 rows name a file that is there; there are 4 files." in texts(app)
    app.segmented_control(key="label_columns_form_kind_temperature").set_value("number").run()
    app.button(key="labels_table_take").click().run()
    dataset = images_of(app, kept, project)
    assert dataset.predicts_numbers
    assert dataset.images["value"].tolist() == [1.5, 2.5, 7]
    assert dataset.name == "heat"
    assert dataset.refused["path"].tolist() == ["4.png"]


def test_the_columns_of_a_table_can_be_corrected(app, kept, project):
    choose(app, "table")
    table = b"file,label,species\n1.png,x,cat\n2.png,x,cat\n3.png,y,dog\n"
    app.file_uploader(key="labels_table_files").set_value([("pets.csv", table, "text/csv"), *pictures(1, 2, 3)]).run()
    app.button(key="labels_table_look").click().run()
    app.selectbox(key="label_columns_form_label").set_value("file").run()
    assert app.button(key="labels_table_take").disabled
    app.selectbox(key="label_columns_form_label").set_value("species").run()
    app.button(key="labels_table_take").click().run()
    assert classes_of(images_of(app, kept, project)) == {"cat": 2, "dog": 1}


def test_a_table_that_names_no_file_gets_a_sentence_and_another_try(app, kept, project):
    choose(app, "table")
    app.file_uploader(key="labels_table_files").set_value(
        [("pets.csv", b"file,label\na.png,x\nb.png,y\n", "text/csv"), *pictures(1)]
    ).run()
    app.button(key="labels_table_look").click().run()
    assert "No table among these files names the others" in app.error[0].value
    app.button(key="labels_table_other").click().run()
    assert app.file_uploader(key="labels_table_files")
    assert list((kept.workspace.home / "uploads").iterdir()) == []


def test_a_picture_from_the_camera_goes_into_a_class(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.button(key="add_images_open").click().run()
    choose(app, "camera")
    assert app.button(key="camera_add").disabled
    name_class(app, "camera_class", "3")
    app.camera_input(key="camera_picture_0").set_value(("photo.jpg", png(7), "image/jpeg")).run()
    app.button(key="camera_add").click().run()
    assert classes_of(images_of(app, kept, project_with_digits))["3"] == 13
    assert app.camera_input(key="camera_picture_1"), "the next picture can be taken at once"


def test_pictures_from_the_camera_are_collected_for_a_new_project(app, kept, project):
    choose(app, "camera")
    for turn, class_name in enumerate(("left", "right")):
        name_class(app, "camera_class", class_name)
        app.camera_input(key=f"camera_picture_{turn}").set_value((f"{turn}.jpg", png(turn), "image/jpeg")).run()
        app.button(key="camera_add").click().run()
    app.button(key="collected_classes_take").click().run()
    assert classes_of(images_of(app, kept, project)) == {"left": 1, "right": 1}


def test_a_folder_of_the_server_is_not_offered_unless_its_keeper_opens_one(app, project):
    assert not [option for option in app.radio(key="upload_panel_way").options if "server" in option]


def test_a_folder_of_the_server_is_found_by_stepping_into_it(app, kept, tmp_path, monkeypatch):
    root = tmp_path / "archive"
    for number, path in enumerate(("2024/pets/cats/a.png", "2024/pets/dogs/b.png")):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_bytes(png(number))
    monkeypatch.setenv("LAYERLAB_IMPORT_ROOT", str(root))
    made = projects.create(kept.database, "Mine")
    app.query_params["project"] = made.id
    app.run()
    app.switch_page(PAGE).run()
    choose(app, "server")
    assert app.button(key="server_folder_up").disabled
    app.selectbox(key="server_folder_below_").set_value("2024").run()
    assert app.selectbox(key="server_folder_below_2024").options == ["pets · 0 files, 2 folders"]
    app.selectbox(key="server_folder_below_2024").set_value("2024/pets").run()
    app.button(key="server_folder_take").click().run()
    assert classes_of(images_of(app, kept, made)) == {"cats": 1, "dogs": 1}


def test_a_folder_that_is_set_but_not_there_gets_a_sentence(app, kept, tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLAB_IMPORT_ROOT", str(tmp_path / "gone"))
    made = projects.create(kept.database, "Mine")
    app.query_params["project"] = made.id
    app.run()
    app.switch_page(PAGE).run()
    choose(app, "server")
    assert "is not there" in app.error[0].value


def test_public_sets_say_how_much_they_fetch(app, project):
    choose(app, "public")
    words = texts(app)
    assert "31 MB, needs a network" in words
    assert "171 MB, needs a network" in words
    assert app.button(key="public_sets_cifar10")


@pytest.mark.parametrize("sample", ["digits", "animals", "gauges", "bursts"])
def test_every_sample_set_has_its_card(app, project, sample, monkeypatch):
    started = []
    monkeypatch.setattr(intakes, "start", lambda *arguments, **_more: started.append(arguments[3]))
    choose(app, "sample")
    app.button(key=f"upload_panel_sample_{sample}").click().run()
    assert started == [sample]


def test_images_with_numbers_offer_no_way_by_class(app, kept, project):
    choose(app, "table")
    table = b"file,label\n1.png,1.5\n2.png,2.5\n"
    app.file_uploader(key="labels_table_files").set_value([("heat.csv", table, "text/csv"), *pictures(1, 2)]).run()
    app.button(key="labels_table_look").click().run()
    app.button(key="labels_table_take").click().run()
    images_of(app, kept, project)
    app.button(key="add_images_open").click().run()
    titles = " ".join(app.radio(key="upload_panel_way").options)
    assert "Zip archive" in titles
    assert "Camera" not in titles
    assert "One class" not in titles
