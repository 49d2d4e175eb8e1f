import pytest

from core.dataset.sources.server_folder import IMPORT_ROOT, folder_below, import_root, subfolders
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of


@pytest.fixture
def root(tmp_path):
    folder_of(tmp_path / "outside", TWO_CLASSES)
    root = folder_of(tmp_path / "open", {f"pets/{path}": data for path, data in TWO_CLASSES.items()} | {"a.txt": b"x"})
    (root / ".hidden").mkdir()
    (root / "동물").mkdir()
    (root / "away").symlink_to(tmp_path / "outside")
    (root / "within").symlink_to(root / "pets")
    (root / "loop").symlink_to(root / "loop")
    return root


def test_the_root_is_what_the_environment_names(root):
    assert import_root({IMPORT_ROOT: f" {root} "}) == root


@pytest.mark.parametrize("environment", [{}, {IMPORT_ROOT: ""}, {IMPORT_ROOT: "  "}])
def test_without_the_setting_no_folder_is_open(environment):
    with pytest.raises(DatasetError, match=f"No folder of this server is open .* {IMPORT_ROOT}"):
        import_root(environment)


def test_a_root_that_is_not_there_is_named(root):
    for missing in (root / "gone", root / "a.txt"):
        with pytest.raises(DatasetError, match=f"The folder {missing}, to which {IMPORT_ROOT} is set, is not there"):
            import_root({IMPORT_ROOT: str(missing)})


def test_folders_are_listed_with_what_lies_in_them(root):
    found = {folder.path: (folder.name, folder.files, folder.folders) for folder in subfolders(root)}
    assert found == {"pets": ("pets", 0, 2), "within": ("within", 0, 2), "동물": ("동물", 0, 0)}
    assert [(folder.path, folder.files) for folder in subfolders(root, "pets")] == [("pets/cats", 2), ("pets/dogs", 2)]


def test_counting_ends_where_it_would_take_long(root):
    folder_of(root / "many", {f"{number}.png": b"" for number in range(1_001)})
    (many,) = [folder for folder in subfolders(root) if folder.name == "many"]
    assert (many.files, many.is_more) == (1_000, True)


@pytest.mark.parametrize(("path", "place"), [("pets/cats", "pets/cats"), ("", ""), ("within", "pets"), ("pets/..", "")])
def test_a_folder_below_the_root_is_found(root, path, place):
    assert folder_below(root, path) == root / place


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("..", "is outside"),
        ("../outside", "is outside"),
        ("pets/../../outside", "is outside"),
        ("/etc", "is outside"),
        ("away", "is outside"),
        ("away/cats", "is outside"),
        ("gone", "There is no folder gone"),
        ("a.txt", "There is no folder a.txt"),
        ("loop", "There is no folder loop"),
        ("a\0b", "There is no folder"),
        ("x" * 5_000, "There is no folder"),
    ],
)
def test_what_is_elsewhere_or_not_there_is_refused(root, path, reason):
    with pytest.raises(DatasetError, match=reason):
        folder_below(root, path)


def test_a_root_that_is_a_link_is_followed(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    assert folder_below(tmp_path / "link", "pets") == root / "pets"
    with pytest.raises(DatasetError, match="is outside"):
        folder_below(tmp_path / "link", "../outside")
