import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.class_folders import class_folders

NAME = st.text("ab", min_size=1, max_size=2)
PATHS = st.lists(st.lists(NAME, min_size=1, max_size=4).map("/".join), max_size=6)


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["cats/a.png", "dogs/b.png"], ["cats", "dogs"]),
        (["pets/cats/a.png", "pets/dogs/b.png"], ["cats", "dogs"]),
        (["x/y/cats/a.png", "x/y/dogs/b.png"], ["cats", "dogs"]),
        (["cats/a.png", "dogs/young/b.png"], ["cats", "dogs"]),
        (["pets/cats/in/out/a.png", "pets/dogs/b.png"], ["cats", "dogs"]),
        (["pets/cats/a.png", "pets/cats/b.png"], ["cats", "cats"]),
        (["cats/a.png", "dogs/b.png", "c.png"], ["cats", "dogs", None]),
        (["pets/cats/a.png", "pets/dogs/b.png", "pets/c.png"], ["cats", "dogs", None]),
        (["a.png", "b.png"], [None, None]),
        (["고양이/1.png", "강아지/1.png"], ["고양이", "강아지"]),
        ([], []),
    ],
)
def test_the_class_is_the_first_folder_that_is_not_around_all_images(paths, expected):
    assert class_folders(paths) == expected


@given(PATHS)
def test_a_class_is_always_one_of_the_folders_of_its_image(paths):
    for path, class_name in zip(paths, class_folders(paths), strict=True):
        assert class_name is None or class_name in path.split("/")[:-1]


@given(PATHS, NAME)
def test_one_more_folder_around_everything_changes_no_class(paths, around):
    if all("/" in path for path in paths):
        assert class_folders([f"{around}/{path}" for path in paths]) == class_folders(paths)
