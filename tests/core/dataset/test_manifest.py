import pandas as pd
from pandas.testing import assert_frame_equal

from core.dataset.image_size import ImageSize
from core.dataset.manifest import Manifest, images_table, read_manifest, refused_table, write_manifest
from core.message import say


def row(path, class_name):
    facts = {"width": 8, "height": 6, "mode": "L", "bytes": 70, "format": "png"}
    return {"path": path, "class_name": class_name, "content_hash": f"c{path}", "pixel_hash": f"p{path}", **facts}


REFUSED = ("b/x.txt", say("A file of the kind {suffix}", suffix=".txt"))


def manifest(name="pets", refusals=(REFUSED,)):
    class_names = ("강아지", "고양이")
    return Manifest(
        name=name,
        class_names=class_names,
        image_size=ImageSize(height=6, width=8, channels=1),
        images=images_table([row("나.png", "고양이"), row("가.png", "강아지")], class_names),
        refused=refused_table(refusals),
    )


def test_images_are_sorted_by_path_and_labelled_by_class():
    images = manifest().images
    assert images["path"].to_list() == ["가.png", "나.png"]
    assert images["label"].to_list() == [0, 1]
    assert list(images.index) == [0, 1]


def test_what_is_read_is_what_was_written(tmp_path):
    written = manifest()
    write_manifest(tmp_path, written)
    read = read_manifest(tmp_path)
    assert_frame_equal(read.images, written.images)
    assert_frame_equal(read.refused, written.refused)
    assert (read.name, read.class_names, read.image_size) == (written.name, written.class_names, written.image_size)
    assert read.id == written.id


def test_a_dataset_without_refusals_is_read_as_one(tmp_path):
    write_manifest(tmp_path, manifest(refusals=()))
    refused = read_manifest(tmp_path).refused
    assert len(refused) == 0
    assert list(refused.columns) == ["path", "reason"]


def test_the_id_is_of_the_content_not_of_the_name():
    assert manifest("pets").id == manifest("others").id
    assert manifest().id != manifest(refusals=()).id
    assert len(manifest().id) == 16


def test_a_refused_path_can_be_that_of_an_image(tmp_path):
    write_manifest(tmp_path, manifest(refusals=[("가.png", say("again")), ("가.png", say("and again"))]))
    read = read_manifest(tmp_path)
    assert read.refused["path"].to_list() == ["가.png", "가.png"]
    assert isinstance(read.images, pd.DataFrame)
    assert len(read.images) == 2
