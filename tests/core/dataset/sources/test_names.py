import unicodedata

import pytest

from core.dataset.sources.names import is_litter, readable_name, tidy_path, unsafe_reason


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"cats/a.png", "cats/a.png"),
        ("고양이/하나.png".encode(), "고양이/하나.png"),
        (unicodedata.normalize("NFD", "고양이/하나.png").encode(), "고양이/하나.png"),
        ("고양이/하나.png".encode("cp949"), "고양이/하나.png"),
        ("café.png".encode("cp437"), "café.png"),
        (unicodedata.normalize("NFD", "é").encode(), "\u00e9"),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(written, name):
    assert readable_name(written) == name


@pytest.mark.parametrize(
    ("path", "tidy"), [("./cats//a.png", "cats/a.png"), ("cats/./a.png", "cats/a.png"), ("a..b/c.png", "a..b/c.png")]
)
def test_empty_parts_of_a_path_are_left_out(path, tidy):
    assert tidy_path(path) == tidy


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/a.png", "absolute path"),
        ("//server/a.png", "absolute path"),
        ("C:/a.png", "absolute path"),
        ("c:a.png", "absolute path"),
        ("../a.png", "leads out"),
        ("cats/../../a.png", "leads out"),
        ("cats/..", "leads out"),
        ("cats/a..b.png", ""),
        ("cats/...png", ""),
    ],
)
def test_names_that_lead_elsewhere_are_unsafe(path, reason):
    assert reason in str(unsafe_reason(path) or "")
    assert (unsafe_reason(path) is None) == (reason == "")


@pytest.mark.parametrize(
    ("path", "litter"),
    [
        ("__MACOSX/cats/._a.png", True),
        ("pets/__MACOSX/a.png", True),
        ("cats/.DS_Store", True),
        (".git/a.png", True),
        ("cats/Thumbs.db", True),
        ("cats/DESKTOP.INI", True),
        ("../a.png", False),
        ("cats/a.png", False),
    ],
)
def test_what_systems_leave_behind_is_litter(path, litter):
    assert is_litter(path) == litter
