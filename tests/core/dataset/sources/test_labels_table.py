import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.limits import Limits
from core.dataset.sources.labels_table import is_table, read_table
from core.errors import DatasetError

TEXT = "file,label\na.png,고양이\nb.png,강아지\n"
ROWS = [("a.png", "고양이"), ("b.png", "강아지")]


def read(data: str | bytes):
    return read_table(data.encode() if isinstance(data, str) else data, "labels.csv", Limits())


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp949"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", "|").encode(),
        TEXT.replace(",", " , ").encode(),
        TEXT.replace("\n", "\n\n").encode(),
        'file,label\n"a.png","고양이"\n"b.png","강아지"'.encode(),
        "file,label\na.png,고양이\nb.png,강아지".encode(),
    ],
)
def test_a_table_is_read_whatever_it_was_written_by(data):
    table = read(data)
    assert table.header == ("file", "label")
    assert [row.fields for row in table.rows] == ROWS


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('file,label\n"a,b.png","cat; ""wild"""', ("a,b.png", 'cat; "wild"')),
        ("file;label\na,b,c.png;1,5", ("a,b,c.png", "1,5")),
        ("file,label\na.png,007", ("a.png", "007")),
        ("file,label\na.png,NA", ("a.png", "NA")),
        ("file,label\na.png,1e3", ("a.png", "1e3")),
        ("file,label\na.png", ("a.png", "")),
        ("file,label\nCafe\u0301.png,cat", ("Caf\u00e9.png", "cat")),
    ],
)
def test_values_stay_as_they_were_written(text, fields):
    (row,) = read(text).rows
    assert row.fields == fields
    assert not row.excess


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    table = read("file,label\na.png,cat\n\nb.png,dog,big\n")
    assert [(row.number, row.excess) for row in table.rows] == [(2, False), (4, True)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "labels.csv is empty"),
        (b" \n\n", "labels.csv is empty"),
        ("file,label\n", "has a header and no row below it"),
        ("file,label\n,\n", "has a header and no row below it"),
        ("file:label\na.png:cat\n", "has one column only: its first row is “file:label”"),
        ("file label\na.png cat\n", "has one column only"),
        ("file\na.png\n", "has one column only"),
        ("file,label,label\na.png,cat,dog\n", "has two columns called label"),
        ('file,label\na.png,"cat\nb.png,dog\n', "cannot be read at line 3: a quotation mark is not closed"),
        (b"file,label\n\xff\xff\xff,cat\n", "cannot be read as text. Save it as “CSV UTF-8”"),
    ],
)
def test_a_table_that_is_of_no_use_is_refused_with_one_sentence(data, reason):
    with pytest.raises(DatasetError) as error:
        read(data)
    assert reason in str(error.value)


def test_too_many_rows_are_refused():
    with pytest.raises(DatasetError, match=r"labels\.csv holds 3 files; at most 2"):
        read_table(b"file,label\n" + b"a.png,cat\n" * 9, "labels.csv", Limits(files=2))


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    assert read(TEXT).values("label") == ["고양이", "강아지"]
    with pytest.raises(DatasetError, match=r"labels\.csv has no column species\. Its columns are: file, label\."):
        read(TEXT).values("species")


def test_columns_without_a_name_cannot_be_chosen():
    table = read(",file,label\n0,a.png,cat\n")
    assert table.columns == ("file", "label")
    assert table.values("file") == ["a.png"]


@pytest.mark.parametrize(
    ("path", "expected"), [("labels.csv", True), ("in/Labels.TSV", True), ("labels.txt", False), ("csv", False)]
)
def test_the_name_says_what_is_a_table(path, expected):
    assert is_table(path) == expected


@given(st.binary(max_size=60) | st.text(',;\t|"\n\0ab가', max_size=40).map(str.encode))
def test_whatever_is_in_the_file_it_is_read_or_refused(data):
    try:
        table = read(data)
    except DatasetError:
        return
    assert all(len(row.fields) == len(table.header) for row in table.rows)
