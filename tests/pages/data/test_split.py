import pytest

from core.runs import projects
from ui import session

PAGE = "pages/data/split.py"


def split(kept, project):
    return projects.get(kept.database, project.id).draft.split


def shown_percents(app):
    return {part: app.number_input(key=f"split_form_{part}").value for part in ("train", "validation", "test")}


def test_a_new_project_is_split_70_15_15(open_screen):
    app = open_screen(PAGE)
    assert shown_percents(app) == {"train": 70, "validation": 15, "test": 15}
    assert any("**84 images**" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("part", "share", "expected"),
    [
        ("train", 50, {"train": 50, "validation": 25, "test": 25}),
        ("validation", 25, {"train": 60, "validation": 25, "test": 15}),
        ("test", 0, {"train": 85, "validation": 15, "test": 0}),
        ("test", 95, {"train": 0, "validation": 5, "test": 95}),
    ],
)
def test_changing_one_share_changes_the_others_everywhere(
    open_screen, kept, project_with_digits, part, share, expected
):
    app = open_screen(PAGE)
    app.number_input(key=f"split_form_{part}").set_value(share).run()
    assert shown_percents(app) == expected
    assert app.slider(key="split_form_handles").value == (expected["train"], expected["train"] + expected["validation"])
    ratios = split(kept, project_with_digits).ratios
    assert {name: round(ratio * 100) for name, ratio in ratios.items()} == expected


def test_the_handles_move_the_shares(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.slider(key="split_form_handles").set_range(60, 80).run()
    assert shown_percents(app) == {"train": 60, "validation": 20, "test": 20}
    assert split(kept, project_with_digits).ratios == {"train": 0.6, "validation": 0.2, "test": 0.2}


def test_a_share_that_leaves_nothing_to_train_on_forbids_to_go_on(open_screen):
    app = open_screen(PAGE)
    app.slider(key="split_form_handles").set_range(0, 50).run()
    assert "No image is left for training" in app.error[0].value
    assert app.button(key="split_next").disabled


def test_the_other_settings_are_kept(open_screen, kept, project_with_digits):
    app = open_screen(PAGE)
    app.number_input(key="split_form_seed").set_value(7).run()
    app.toggle(key="split_form_stratify").set_value(False).run()
    app.segmented_control(key="split_form_keep_together").set_value("nothing").run()
    kept_split = split(kept, project_with_digits)
    assert (kept_split.seed, kept_split.stratify, kept_split.keep_together) == (7, False, "nothing")


def test_the_screen_comes_back_as_it_was(open_screen, app):
    open_screen(PAGE).slider(key="split_form_handles").set_range(60, 80).run()
    app.switch_page("pages/data/images.py").run()
    app.switch_page(PAGE).run()
    assert shown_percents(app) == {"train": 60, "validation": 20, "test": 20}


def test_the_table_counts_each_class_in_each_part(open_screen):
    app = open_screen(PAGE)
    table = app.dataframe[0].value
    assert list(table.columns) == ["Class", "Training", "Validation", "Test"]
    assert table[["Training", "Validation", "Test"]].to_numpy().sum() == 120


def test_leaks_are_reported_in_words(open_screen, monkeypatch):
    monkeypatch.setattr(session, "near_pairs", lambda dataset: None)
    app = open_screen(PAGE)
    assert any("No two images have the same pixels" in caption.value for caption in app.caption)


def test_a_project_without_images_is_shown_the_way_to_them(app, kept):
    project = projects.create(kept.database, "Empty")
    app.query_params["project"] = project.id
    app.run()
    app.switch_page(PAGE).run()
    app.button(key="screen_to_images").click().run()
    assert [title.value for title in app.title] == ["Images"]
