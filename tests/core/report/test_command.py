"""``python -m core report RUN --out FILE``, in this process."""

import json

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


def test_without_a_file_the_usage_is_wrong(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["report", "one"])
    assert ended.value.code == 2
