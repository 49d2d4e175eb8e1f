from core.dataset.sources import open_source, with_class
from core.dataset.sources.source import Known
from tests.core.dataset.builders import folder_of


def test_loose_files_all_go_into_the_class(tmp_path):
    source = open_source(folder_of(tmp_path / "drop", {"1.png": b"x", "in/2.png": b"y"}))
    members = list(with_class(source, "고양이").members())
    assert [(member.path, member.known, member.read()) for member in members] == [
        ("1.png", Known("고양이"), b"x"),
        ("in/2.png", Known("고양이"), b"y"),
    ]


def test_what_a_table_says_stays(tmp_path):
    table = b"file,label,group\n1.png,cat,g\n2.png,dog,g\n"
    source = open_source(folder_of(tmp_path / "drop", {"1.png": b"x", "2.png": b"y", "labels.csv": table}))
    assert {member.known.class_name for member in with_class(source, "other").members()} == {"cat", "dog"}
