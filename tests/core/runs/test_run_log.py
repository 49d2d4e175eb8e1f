"""The end of a log, as a person reads it."""

import pytest

from core.runs.run_log import log_path, tail
from core.runs.store import run_folder


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("\n\n", ""),
        ("one\ntwo\n", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("1\n2\n3\n4\n", "2\n3\n4"),
        ("\x1b[1m12/32\x1b[0m \x1b[32mloss: 0.5\x1b[0m\n", "12/32 loss: 0.5"),
        ("1/3\r2/3\r3/3\nend\n", "3/3\nend"),
        ("1/3\b\b\b2/3\n", "2/3"),
        ("windows\r\nend\r\n", "windows\nend"),
        ("고양이 \udcff", "고양이 \ufffd"),
    ],
)
def test_the_last_lines_are_shown_as_a_terminal_would(tmp_path, written, expected):
    path = tmp_path / "worker.log"
    path.write_bytes(written.encode(errors="surrogateescape"))
    assert tail(path, lines=3) == expected


def test_a_log_that_is_not_there_is_empty(tmp_path):
    assert tail(tmp_path / "worker.log") == ""


def test_of_a_large_log_only_the_end_is_read(tmp_path):
    path = tmp_path / "worker.log"
    with path.open("wb") as file:
        file.truncate(20 * 1024**3)  # takes no space on disk
        file.seek(0, 2)
        file.write(b"\nlast but one\nlast\n")
    assert tail(path).splitlines()[-2:] == ["last but one", "last"]


def test_a_line_that_is_cut_is_left_out(tmp_path):
    path = tmp_path / "worker.log"
    path.write_text("a long first line\nsecond\nthird\n")
    assert tail(path, most_bytes=20) == "second\nthird"
    path.write_text("x" * 100)
    assert tail(path, most_bytes=20) == "x" * 20


def test_the_log_is_in_the_folder_of_the_run(workspace):
    assert log_path(workspace, "pets-1") == run_folder(workspace, "pets-1") / "worker.log"
