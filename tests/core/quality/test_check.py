import json

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageFilter

from core.dataset.decode import decode
from core.quality import thumbnails
from core.quality.check import check, ensure_pairs
from core.quality.listing import in_words, listing
from core.quality.quality_report import VERSION, QualityReport
from core.quality.store import is_checked, kept_report, near_clusters, near_pairs
from tests.core.dataset.builders import folder_of, image_bytes, plain, take
from tests.core.quality.inspecting import drawn

SEEDS = {"cats": 0, "dogs": 100}
COPY = {"cats/0.png": "cats/copy.png", "cats/1.png": "dogs/copy.png"}


@pytest.fixture
def files():
    """Photos in two classes: one copied within its class, one into the other class, one saved again, one blurred."""
    images = {f"{name}/{number}.png": drawn(seed + number) for name, seed in SEEDS.items() for number in range(25)}
    data = {path: image_bytes(image) for path, image in images.items()}
    data |= {copy: data[path] for path, copy in COPY.items()}
    data["dogs/again.jpg"] = image_bytes(images["dogs/0.png"], "JPEG", quality=60)
    data["dogs/soft.png"] = image_bytes(drawn(999).filter(ImageFilter.GaussianBlur(4)))
    data["cats/broken.png"] = b"not an image"
    return data


@pytest.fixture
def dataset(tmp_path, files):
    return take(folder_of(tmp_path / "pets", files), tmp_path / "datasets")


@pytest.fixture
def decoded(monkeypatch):
    """How many images were decoded."""
    seen = []
    monkeypatch.setattr(thumbnails, "decode", lambda data: seen.append(1) or decode(data))
    return seen


def names(folder):
    return {path.name for path in folder.iterdir()}


def to_nobody(done, total):
    pass


def test_a_check_finds_what_is_wrong_and_says_with_which_images(dataset):
    answer = listing(dataset, check(dataset, to_nobody))
    assert answer == {
        "images": 54,
        "exact_duplicates": [["cats/0.png", "cats/copy.png"], ["cats/1.png", "dogs/copy.png"]],
        "near_duplicates": [["dogs/0.png", "dogs/again.jpg"]],
        "label_conflicts": [["cats/1.png", "dogs/copy.png"]],
        "dark": [],
        "bright": [],
        "blurry": ["dogs/soft.png"],
        "blank": [],
        "odd_size": [],
        "odd_aspect": [],
        "imbalance": {},
        "few_images": {},
        "mixed_colour": [],
        "refused": [{"path": "cats/broken.png", "reason": str(dataset.refused["reason"].iloc[0])}],
    }


def test_a_check_in_words_names_each_finding_and_the_images(dataset):
    text = in_words(dataset, check(dataset, to_nobody))
    for words in ("1 picture is in two classes", "cats/1.png, dogs/copy.png", "1 image is blurry", "dogs/soft.png"):
        assert words in text


def test_a_check_without_findings_says_so(dataset):
    assert "Nothing was found wrong with 7 images." in in_words(dataset, QualityReport(7, ()))


def test_many_images_of_a_finding_are_counted_instead_of_named(tmp_path):
    plain_images = {f"{name}/{level}.png": plain(level) for name in ("a", "b") for level in range(10)}
    dataset = take(folder_of(tmp_path / "plain", plain_images), tmp_path / "datasets")
    text = in_words(dataset, check(dataset, to_nobody))
    assert "20 images are almost blank" in text
    assert "and 15 more" in text
    assert "a: 10" in text  # a class of few images


def test_every_image_is_decoded_once_and_the_report_is_kept(dataset, decoded):
    assert not is_checked(dataset)
    assert kept_report(dataset) is None
    progress = []
    report = check(dataset, lambda done, total: progress.append((done, total)))
    assert len(decoded) == len(dataset.images) == 54
    assert progress[-1] == (54, 54)
    assert is_checked(dataset)
    assert kept_report(dataset) == report == check(dataset, to_nobody)
    assert len(decoded) == 54


def test_look_alikes_that_are_known_are_not_searched_for_again(dataset, monkeypatch):
    assert near_pairs(dataset) is None
    assert near_clusters(dataset) is None
    pairs = ensure_pairs(dataset)
    pd.testing.assert_frame_equal(near_pairs(dataset), pairs)
    clusters = near_clusters(dataset)
    paths = dataset.images["path"].tolist()
    assert clusters[paths.index("dogs/0.png")] == clusters[paths.index("dogs/again.jpg")]
    assert len(np.unique(clusters)) == 54 - 3
    monkeypatch.setattr("core.quality.check.look_alikes", None)
    report = check(dataset, to_nobody)
    assert len(report.of("exact_duplicates").groups) == 2
    pd.testing.assert_frame_equal(ensure_pairs(dataset), pairs)


def test_nothing_but_the_two_files_is_left_in_the_folder(dataset):
    before = names(dataset.folder)
    check(dataset, to_nobody)
    assert names(dataset.folder) - before == {"quality.json", "look_alikes.parquet"}


def test_a_check_that_is_broken_off_leaves_nothing(dataset):
    def break_off(done, total):
        raise KeyboardInterrupt

    before = names(dataset.folder)
    with pytest.raises(KeyboardInterrupt):
        check(dataset, break_off)
    assert names(dataset.folder) == before


def test_what_another_version_has_left_is_made_anew(dataset):
    report = check(dataset, to_nobody)
    path = dataset.folder / "quality.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"version": VERSION + 1, "findings": []}), encoding="utf-8")
    pd.DataFrame({"first": [0], "second": [1], "similarity": [1.0]}).to_parquet(dataset.folder / "look_alikes.parquet")
    assert kept_report(dataset) is None
    assert near_pairs(dataset) is None
    assert check(dataset, to_nobody) == report
    assert is_checked(dataset)


def test_a_report_is_the_same_after_it_was_written_and_read(dataset):
    report = check(dataset, to_nobody)
    again = QualityReport.from_json(report.to_json())
    assert again == report
    assert [str(finding.advice) for finding in again.findings] == [str(finding.advice) for finding in report.findings]


def test_numbers_of_copies_are_compared(tmp_path):
    files = {f"{number}.png": image_bytes(drawn(number)) for number in range(10)}
    files |= {"copy.png": files["0.png"], "same.png": files["1.png"]}
    values = {**{f"{number}.png": number for number in range(10)}, "copy.png": 9, "same.png": 1.2}
    table = "\n".join(["file,value", *(f"{path},{value}" for path, value in values.items())])
    folder = folder_of(tmp_path / "numbers", {**files, "labels.csv": table.encode()})
    dataset = take(folder / "labels.csv", tmp_path / "datasets")
    answer = listing(dataset, check(dataset, to_nobody))
    assert answer["label_conflicts"] == [["0.png", "copy.png"]]
    assert answer["exact_duplicates"] == [["0.png", "copy.png"], ["1.png", "same.png"]]


def test_images_of_any_size_can_be_checked(tmp_path):
    sizes = [(1, 1), (1, 300), (700, 2), (3, 3), (5, 4)]
    files = {
        f"{name}/{number}.png": image_bytes(Image.new("RGB", size, (number, 0, 9)))
        for name in "ab"
        for number, size in enumerate(sizes)
    }
    dataset = take(folder_of(tmp_path / "odd", files), tmp_path / "datasets")
    assert check(dataset, to_nobody).of("label_conflicts") is not None
