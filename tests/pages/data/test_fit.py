"""What becomes of images that have other proportions than the size for the network."""

import pytest
from PIL import Image

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.recipe import default_recipe
from core.runs import projects
from core.runs.datasets import register_dataset

PAGE = "pages/data/images.py"
SIZES = {"wide": (40, 20), "high": (10, 30)}


@pytest.fixture
def project(kept, tmp_path):
    """Wide images of one class, high ones of another."""
    for name, size in SIZES.items():
        (tmp_path / "images" / name).mkdir(parents=True)
        for number in range(3):
            Image.new("L", size, 50 + number).save(tmp_path / "images" / name / f"{number}.png")
    dataset = take_in(open_source(str(tmp_path / "images")), kept.workspace.datasets, lambda done, total: None)
    register_dataset(kept.database, dataset)
    project = projects.create(kept.database, "Shapes")
    projects.set_dataset(kept.database, project.id, dataset.id)
    projects.save_draft(kept.database, project.id, default_recipe(dataset.image_size, 2))
    return project


def test_the_fit_is_chosen_among_what_it_makes_of_real_images(app, kept, project):
    app.query_params["project"] = project.id
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    titles = [text.value for text in app.markdown]
    assert "**Stretch** :material/check:" in titles
    app.segmented_control(key="image_size_form_fit").set_value("pad").run()
    assert projects.get(kept.database, project.id).draft.image.fit == "pad"
    assert "**Pad** :material/check:" in [text.value for text in app.markdown]
    app.number_input(key="image_size_form_height").set_value(16).run()
    image = projects.get(kept.database, project.id).draft.image
    assert (image.height, image.fit) == (16, "pad")


def test_where_all_images_have_the_proportions_there_is_nothing_to_choose(open_screen):
    app = open_screen(PAGE)
    assert "image_size_form_fit" not in [control.key for control in app.segmented_control]
