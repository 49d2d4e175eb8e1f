from pathlib import Path

import pytest

from core.dataset.sources import LabelColumns, with_columns
from core.dataset.sources.columns_in_text import split_choice
from core.errors import DatasetError


@pytest.mark.parametrize(
    "columns",
    [
        LabelColumns("file", "label"),
        LabelColumns("파일 이름", "a&b=c?d", "그룹", "split", "number"),
        LabelColumns("file", None),
    ],
)
def test_a_choice_comes_back_out_of_the_text(columns):
    path, choice = split_choice(with_columns("/data/my labels.csv", columns))
    assert path == Path("/data/my labels.csv")
    assert LabelColumns(**{role: value or None for role, value in choice.items()}) == columns


def test_a_file_with_a_question_mark_in_its_name_is_that_file(tmp_path):
    path = tmp_path / "what?label=x"
    path.touch()
    assert split_choice(str(path)) == (path, {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a.csv?labels=x", "labels=x is no choice of columns"),
        ("a.csv?", "is no choice of columns"),
        ("a.csv?kind=colour", "The kind of labels is class or number, but it was colour"),
    ],
)
def test_what_is_no_choice_is_refused(text, reason):
    with pytest.raises(DatasetError, match=reason):
        split_choice(text)
