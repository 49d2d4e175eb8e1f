import pytest

from core.dataset.sources.named_files import AMBIGUOUS, NamedFiles

PATHS = ["pets/a/1.png", "pets/a/2.JPG", "pets/b/1.png", "pets/b/3.tar.png", "a/1.png", "Case.png", "case.png", "9.png"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/1.png", "pets/a/1.png"),
        ("pets/a/1.png", "pets/a/1.png"),
        ("./a//1.png", "pets/a/1.png"),
        ("a\\2.JPG", "pets/a/2.JPG"),
        ("2.JPG", "pets/a/2.JPG"),
        ("2", "pets/a/2.JPG"),
        ("a/2", "pets/a/2.JPG"),
        ("2.jpg", "pets/a/2.JPG"),
        ("3.tar", "pets/b/3.tar.png"),
        ("9", "9.png"),
        ("Case.png", "Case.png"),
        ("case.png", "case.png"),
        ("case", "case.png"),
        ("CASE.PNG", AMBIGUOUS),
        ("1.png", AMBIGUOUS),
        ("1", AMBIGUOUS),
        ("4.png", None),
        ("../a/1.png", None),
        ("", None),
    ],
)
def test_a_file_is_found_by_what_is_left_of_its_name_if_only_one_is_called_so(name, path):
    assert NamedFiles(PATHS, "pets").find(name) == path


def test_a_path_from_the_tables_folder_comes_before_the_same_path_from_the_top():
    paths = ["a/1.png", "in/a/1.png"]
    assert NamedFiles(paths, "in").find("a/1.png") == "in/a/1.png"
    assert NamedFiles(paths).find("a/1.png") == "a/1.png"
