"""Groups that are told by names, as people write patterns for them."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RecipeError
from core.split.groups import group_of, pattern_problem, preview, suggested_pattern

GROUPS = [
    ("{group}_*.png", "cats/patient7_001.png", "patient7"),
    ("{group}_*.png", "patient7_left_001.png", "patient7"),
    ("{group}_*.png", "patient7.png", None),
    ("{group}_*.png", "patient7_001.jpg", None),
    ("{group}_*.png", "_001.png", None),
    ("patient_{group}_*", "patient_7_001.png", "7"),
    ("patient_{group}_*", "Patient_7_001.png", None),
    ("{group}_???.png", "patient_7_001.png", "patient_7"),
    ("*_{group}.png", "001_a.png", "a"),
    ("*_{group}.png", "scan_001_a.png", "001_a"),
    ("{group}.*", "cats/7.tar.png", "7"),
    ("*/{group}/*", "cats/patient7/1.png", "patient7"),
    ("*/{group}/*", "cats/patient7/left/1.png", "patient7"),
    ("*/{group}/*", "cats/1.png", None),
    ("cats/{group}_*", "cats/7_1.png", "7"),
    ("cats/{group}_*", "dogs/7_1.png", None),
    ("{group}-*.png", "환자7-1.png", "환자7"),
    ("{group}-*.png", "\u1112\u116a\u11ab자7-1.png", "환자7"),
    ("{group} (*).png", "a+b [x] (1).png", "a+b [x]"),
    ("{group}_*", "two\nlines_1.png", "two\nlines"),
    ("{a}{group}_*", "{a}7_1.png", "7"),
]


@pytest.mark.parametrize(("pattern", "path", "group"), GROUPS)
def test_a_name_tells_its_group(pattern: str, path: str, group: str | None) -> None:
    assert group_of(pattern, path) == group


WRONG = [
    ("*.png", "The pattern *.png has no {group}. Put {group} where"),
    ("", "has no {group}"),
    ("{group}_{group}.png", "holds {group} 2 times"),
    ("{group}*.png", "nothing tells where {group} ends and * begins"),
    ("*{group}.png", "nothing tells where {group} ends and * begins"),
    ("{group}**_*", "nothing tells where {group} ends"),
]


@pytest.mark.parametrize(("pattern", "sentence"), WRONG)
def test_what_is_no_pattern_is_said(pattern: str, sentence: str) -> None:
    assert sentence in str(pattern_problem(pattern))
    with pytest.raises(RecipeError, match="pattern"):
        preview(pattern, ["a_1.png"])


PIECES = st.lists(st.sampled_from(["a", "b", "_", "*", "?", "é"]), max_size=6).map("".join)


@given(PIECES, PIECES, st.text("ab_é", max_size=12))
def test_names_match_that_match_as_file_patterns_do(before: str, after: str, name: str) -> None:
    """Oracle: fnmatch of the standard library, where ``?*`` is one letter or more."""
    pattern = f"{before.rstrip('*')}{{group}}{after.lstrip('*')}"

    expected = fnmatchcase(name, pattern.replace("{group}", "?*"))

    assert (group_of(pattern, name) is not None) == expected


@given(st.integers(1, 9))
def test_the_group_is_as_short_as_it_can_be(length: int) -> None:
    assert group_of("{group}_*", "a" * length + "_b_c") == "a" * length


def test_many_wildcards_on_a_long_name_end() -> None:
    assert group_of("{group}" + "a*" * 60 + "b", "a" * 5_000) is None


PATHS = ["c/7_1.png", "c/7_2.png", "c/7_3.png", "d/7_4.png", "d/8_1.png", "d/9_1.png", "d/9_2.png", "d/note.png"]


def test_a_preview_shows_the_groups_and_counts_who_is_alone() -> None:
    seen = preview("{group}_*.png", reversed(PATHS))

    assert seen.alone == 1
    assert list(seen.groups.itertuples(index=False, name=None)) == [
        ("7", 4, ("c/7_1.png", "c/7_2.png", "c/7_3.png")),
        ("9", 2, ("d/9_1.png", "d/9_2.png")),
        ("8", 1, ("d/8_1.png",)),
    ]


def test_a_pattern_that_nothing_matches_is_said() -> None:
    with pytest.raises(RecipeError, match=r"No image is called like scan_\{group\}"):
        preview("scan_{group}_*", PATHS)


def named(template: str, groups: int = 5, images: int = 4) -> list[str]:
    return [
        template.format(c="cats" if group % 2 else "dogs", g=group, i=image, n=images * group + image)
        for group in range(groups)
        for image in range(images)
    ]


SUGGESTED = [
    (named("{c}/patient{g}_{i:03}.png"), "{group}_*.png"),
    (named("{c}/patient_{g}_{i:03}.png"), "patient_{group}_*.png"),
    (named("{c}/P{g}-{i}.jpg"), "{group}-*.jpg"),
    (named("{c}/{n:03}_P{g}.png"), "*_{group}.png"),
    (named("{c}/photo {g} ({i}).png"), "photo {group} *.png"),
    (named("{c}/P{g}_{i}.png") + named("{c}/P{g}_{i}.jpg"), "{group}_*.*"),
    (named("{c}/patient{g}/{i}.png"), "*/{group}/*"),
    ([*named("{c}/patient{g}_{i:03}.png"), "cats/odd.png"], "{group}_*.png"),
    (named("{c}/{c}_{g}{i}.png"), None),
    (named("{c}/IMG_{g}{i}.png"), None),
    (named("{c}/{g}{i}.png"), None),
    (named("{g}/{g}_{i}.png"), None),
    (named("{g}/{i}.png"), None),
    ([f"{name}s/{name}_{number}.png" for name in ("cat", "dog") for number in range(5)], None),
    (["a.png"], None),
    ([], None),
]


@pytest.mark.parametrize(("paths", "pattern"), SUGGESTED, ids=[str(row[0][:1]) for row in SUGGESTED])
def test_a_pattern_is_suggested_where_names_share_a_shape(paths: list[str], pattern: str | None) -> None:
    assert suggested_pattern(paths) == pattern
