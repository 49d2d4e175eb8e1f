"""``python -m core report RUN --out FILE``, in this process."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from tests.sealed import openings


@pytest.mark.parametrize(("name", "beginning"), [("deep/er.html", "<!doctype html>"), ("one.MD", "# Lab report")])
def test_the_name_of_the_file_decides_the_format(lab, asked, tmp_path, capsys, name, beginning):
    run, file = lab.run(), tmp_path / name
    assert main(["report", run.id, "--out", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"run": run.id, "file": str(file)}
    assert file.read_text(encoding="utf-8").startswith(beginning)
    assert openings(lab.database, lab.workspace, run) == 0


def test_without_json_it_says_where_the_report_is(lab, asked, tmp_path, capsys):
    assert main(["report", lab.run().id, "--out", str(tmp_path / "one.md")]) == 0
    assert capsys.readouterr().out == f"written: {tmp_path / 'one.md'}\n"


@pytest.mark.parametrize(
    ("run", "file", "sentence"),
    [
        ("nobody", "one.html", "There is no run called nobody."),
        (None, "one.pdf", "one.pdf says no format. Give a name that ends in .html, which prints, or .md."),
        (None, "taken.txt/one.md", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(lab, asked, tmp_path, capsys, run, file, sentence):
    (tmp_path / "taken.txt").touch()
    assert main(["report", run or lab.run().id, "--out", str(tmp_path / file)]) == 1
    printed = capsys.readouterr()
    assert (printed.out, sentence in printed.err) == ("", True)


def test_a_report_that_cannot_be_written_to_its_end_leaves_the_one_that_is_there(lab, asked, tmp_path, monkeypatch):
    run, file = lab.run(), tmp_path / "one.md"
    file.write_text("the one before")

    def write_half(path, text, **_) -> None:
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", write_half)
    assert main(["report", run.id, "--out", str(file)]) == 1
    assert file.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.glob("*one.md")] == ["one.md"]


def test_without_a_file_the_usage_is_wrong(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["report", "one"])
    assert ended.value.code == 2
