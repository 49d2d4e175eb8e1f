"""The quality of images on the command line, as a person asks for it."""

import json

import pytest

from core.cli import main
from tests.core.dataset.builders import folder_of, image_bytes, plain
from tests.core.quality.inspecting import drawn

KEYS = [
    "images",
    "exact_duplicates",
    "near_duplicates",
    "label_conflicts",
    "dark",
    "bright",
    "blurry",
    "blank",
    "odd_size",
    "odd_aspect",
    "imbalance",
    "few_images",
    "mixed_colour",
    "refused",
]


@pytest.fixture
def folder(tmp_path):
    files = {
        f"{name}/{number}.png": image_bytes(drawn(number + seed))
        for name, seed in (("고양이", 0), ("dogs", 50))
        for number in range(5)
    }
    files |= {"dogs/copy.png": files["dogs/0.png"], "dogs/black.png": plain(0, "RGB", (80, 80)), "notes.txt": b"-"}
    return folder_of(tmp_path / "pets", files)


def test_check_prints_the_report_as_json_and_findings_are_no_failure(folder, capsys):
    assert main(["check", str(folder), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == KEYS
    assert answer["images"] == 12
    assert answer["exact_duplicates"] == [["dogs/0.png", "dogs/copy.png"]]
    assert answer["near_duplicates"] == answer["label_conflicts"] == answer["blurry"] == []
    assert answer["dark"] == answer["blank"] == ["dogs/black.png"]
    assert answer["few_images"] == {"고양이": 5, "dogs": 7}
    assert [refusal["path"] for refusal in answer["refused"]] == ["notes.txt"]


def test_check_prints_words_for_people(folder, capsys):
    assert main(["check", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "1 image is there more than once, with the same pixels." in out
    assert "dogs/0.png, dogs/copy.png" in out
    assert "고양이: 5" in out


def test_check_of_nothing_is_refused_in_one_line(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
