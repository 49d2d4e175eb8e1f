import io
import sys
import zipfile

from PIL import Image

from core.dataset.image_size import ImageSize
from core.runs import intakes, projects
from core.runs import store as runs
from core.runs.pace import Pace
from core.runs.tables import IntakeRow
from tests.pages.conftest import wait_for_intake

PAGE = "pages/data/images.py"


def draft(kept, project):
    return projects.get(kept.database, project.id).draft


def png(shade):
    file = io.BytesIO()
    Image.new("L", (8, 8), shade).save(file, "PNG")
    return file.getvalue()


def archive(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for path, content in files.items():
            opened.writestr(path, content)
    return file.getvalue()


def empty_project(app, kept):
    project = projects.create(kept.database, "Mine")
    app.query_params["project"] = project.id
    app.run()
    app.switch_page(PAGE).run()
    return project


def take_in(app, kept, project, name, content):
    app.file_uploader(key="upload_panel_zip").upload(name, content).run()
    wait_for_intake(kept.database, project.id)
    app.run()
    assert not app.exception


def test_the_gallery_can_be_narrowed_to_a_class(open_screen):
    app = open_screen(PAGE)
    assert any("1 to 24 of 120 images" in caption.value for caption in app.caption)
    app.pills(key="image_gallery_class").set_value(3).run()
    assert any("1 to 12 of 12 images" in caption.value for caption in app.caption)


def test_the_gallery_turns_its_pages_and_a_class_begins_at_the_first(open_screen):
    app = open_screen(PAGE)
    app.get_by_key("image_gallery_page").set_value(2).run()
    assert any("25 to 48 of 120 images" in caption.value for caption in app.caption)
    app.pills(key="image_gallery_class").set_value(0).run()
    assert any("1 to 12 of 12 images" in caption.value for caption in app.caption)


def test_the_images_of_each_class_are_counted(open_screen):
    app = open_screen(PAGE)
    counted = next(table.value for table in app.dataframe if list(table.value.columns) == ["class_name", "images"])
    assert counted["images"].to_list() == [12] * 10


def test_the_size_for_the_network_goes_into_the_draft_and_back(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.number_input(key="image_size_form_height").set_value(32).run()
    app.segmented_control(key="image_size_form_channels").set_value(3).run()
    assert draft(kept, project_with_digits).image == ImageSize(height=32, width=28, channels=3)
    assert "120 images · 10 classes · 32 × 28 × 3" in [caption.value for caption in app.sidebar.caption]
    app.button(key="image_size_form_suggested").click().run()
    assert draft(kept, project_with_digits).image == ImageSize(height=28, width=28, channels=1)
    assert app.number_input(key="image_size_form_height").value == 28


def test_the_short_way_puts_the_draft_into_the_queue(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.button(key="train_now").click().run()
    assert [run.recipe for run in runs.of_project(kept.database, project_with_digits.id)] == [project_with_digits.draft]


def test_an_uploaded_zip_is_taken_in_and_every_refusal_has_its_reason(app, kept):
    project = empty_project(app, kept)
    files = {f"고양이/{number}.png": png(number) for number in range(3)} | {
        f"개/{number}.png": png(90 + number) for number in range(3)
    }
    take_in(app, kept, project, "pets.zip", archive(files | {"개/notes.png": b"no image"}))
    assert any("6 images · 2 classes · 8 × 8 × 1" in caption.value for caption in app.sidebar.caption)
    refused = app.table[0].value
    assert refused["File"].to_list() == ["개/notes.png"]
    assert "not an image" in refused["Reason"][0]


def test_what_is_no_archive_gets_a_sentence_and_another_try(app, kept):
    project = empty_project(app, kept)
    take_in(app, kept, project, "pets.zip", b"this is text")
    assert "is not a zip archive" in app.error[0].value
    assert app.file_uploader(key="upload_panel_zip")


def test_a_failed_upload_is_not_taken_in_again_by_itself(app, kept):
    project = empty_project(app, kept)
    take_in(app, kept, project, "pets.zip", b"this is text")
    first = intakes.latest(kept.database, project.id)
    app.run()
    assert intakes.latest(kept.database, project.id).id == first.id


def test_nothing_of_an_upload_is_left_when_it_is_over(app, kept):
    project = empty_project(app, kept)
    take_in(app, kept, project, "pets.zip", b"this is text")
    assert list((kept.workspace.home / "uploads").iterdir()) == []


def test_images_are_replaced_without_a_question_while_there_are_no_runs(open_screen):
    app = open_screen(PAGE)
    app.button(key="replace_images_open").click().run()
    assert app.file_uploader(key="upload_panel_zip")
    app.button(key="more_images_close").click().run()
    assert not app.file_uploader


def test_replacing_images_that_runs_were_trained_on_is_asked_about(open_screen, kept, project_with_digits):
    project = project_with_digits
    runs.enqueue(kept.database, kept.workspace, project.id, project.dataset_id, project.draft)
    app = open_screen(PAGE)
    app.button(key="replace_images_open").click().run()
    assert any("1 run was trained on these images" in text.value for text in app.markdown)
    assert not app.file_uploader
    app.button(key="replace_images_confirm").click().run()
    assert app.file_uploader(key="upload_panel_zip")


def test_images_that_were_turned_or_had_camera_notes_are_told_of(app, kept):
    project = empty_project(app, kept)
    noted, animated = io.BytesIO(), io.BytesIO()
    notes = Image.Exif()
    notes[0x0110] = "a camera"  # its model
    Image.new("RGB", (8, 8), "red").save(noted, "JPEG", exif=notes)
    frames = [Image.new("L", (8, 8), shade) for shade in (10, 200)]
    frames[0].save(animated, "GIF", save_all=True, append_images=frames[1:])
    take_in(
        app,
        kept,
        project,
        "pets.zip",
        archive({"cats/1.jpg": noted.getvalue(), "cats/2.png": png(9), "dogs/1.gif": animated.getvalue()}),
    )
    words = "\n".join(caption.value for caption in app.caption)
    assert "Notes such as place, time or device were removed from 1 image" in words
    assert "1 image is animated or has several pages: its first frame is used." in words


def test_what_is_at_work_tells_its_pace_and_can_be_cancelled(app, kept):
    project = empty_project(app, kept)
    sleeping = [sys.executable, "-c", "import time; time.sleep(600)"]
    intake = intakes.start(kept.database, kept.workspace, project.id, "digits", "Digits", sleeping)
    with kept.database.writing() as session:
        row = session.get(IntakeRow, intake.id)
        row.done, row.total, row.message = 1_200, 5_000, Pace(files_per_second=400, seconds_left=9.5).told()
    app.run()
    (bar,) = app.get("progress")
    assert bar.proto.text == "1,200 of 5,000 files · 400 files per second · about 10 seconds left"
    app.button(key="intake_progress_cancel").click().run()
    assert not app.exception
    assert "Taking in Digits was cancelled, and nothing of it was kept." in app.info[0].value
    assert app.file_uploader(key="upload_panel_zip")
