import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.class_folders import Place, class_folders, part_folders, places

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


def placed(*places: str | None) -> list[Place]:
    """``train cats`` as a place in the class cats and the part train, ``cats`` as one without a part."""
    return [Place(None) if text is None else Place(text.split()[-1], " ".join(text.split()[:-1])) for text in places]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["train/cats/1.png", "val/cats/2.png", "test/dogs/3.png"], ["train cats", "validation cats", "test dogs"]),
        (["pets/Training/cats/1.png", "pets/TESTING/dogs/2.png"], ["train cats", "test dogs"]),
        (["train/img/cats/1.png", "dev/img/dogs/2.png"], ["train cats", "validation dogs"]),
        (
            ["train/cats/1.png", "valid/cats/in/2.png", "valid/dogs/3.png"],
            ["train cats", "validation cats", "validation dogs"],
        ),
        (["train/cats/1.png", "train/dogs/2.png"], ["cats", "dogs"]),
        (["val/cats/1.png", "test/dogs/2.png"], ["val", "test"]),
        (["train/cats/1.png", "test/dogs/2.png", "bus/red/3.png"], ["train", "test", "bus"]),
        (["train/1.png", "test/2.png"], ["train", "test"]),
        (["train/cats/1.png", "train/dogs/2.png", "test/3.png"], ["cats", "dogs", None]),
        (["train/cats/1.png", "test/dogs/2.png", "README.png"], ["train cats", "test dogs", None]),
        (["학습/고양이/1.png", "검증/강아지/2.png"], ["train 고양이", "validation 강아지"]),
        (["1.png"], [None]),
        ([], []),
    ],
)
def test_a_ready_split_is_seen_by_its_folders(paths, expected):
    assert places(paths) == placed(*expected)


@given(PATHS)
def test_without_a_ready_split_the_places_are_the_class_folders(paths):
    assert places(paths) == [Place(class_name) for class_name in class_folders(paths)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["train/1.png", "test/2.png", "3.png"], ["train", "test", ""]),
        (["in/train/1.png", "in/val/2.png"], ["train", "validation"]),
        (["train/1.png", "other/2.png"], ["", ""]),
        (["val/1.png", "test/2.png"], ["", ""]),
        (["1.png"], [""]),
    ],
)
def test_parts_need_no_class_folders_below(paths, expected):
    assert part_folders(paths) == expected
