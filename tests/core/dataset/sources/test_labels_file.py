"""Tables of labels in folders, in archives and on their own, as sources."""

import codecs

import pytest

from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources import LabelColumns, find_labels, open_source, with_columns
from core.dataset.sources.source import Known
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of, plain, zip_of

FLAT = {f"{name}.png": plain(position) for position, name in enumerate("abcd")}
LABELS = "file,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n"
CLASSES = {"a.png": "cat", "b.png": "dog", "c.png": "cat", "d.png": "dog"}


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def read(source) -> tuple[dict[str, Known], dict[str, str]]:
    """What is known of the members that can be read, and why the others cannot."""
    known, refused = {}, {}
    for member in source.members():
        try:
            member.read()
        except RefusedFileError as error:
            refused[member.path] = str(error)
        else:
            known[member.path] = member.known
    assert len(known) + len(refused) <= source.files
    return known, refused


def classes(source) -> dict[str, str | None]:
    known, refused = read(source)
    assert refused == {}
    return {path: each.class_name for path, each in known.items()}


def as_table(folder):
    return folder / "labels.csv"


def as_folder(folder):
    return folder


def as_zip(folder):
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return zip_of(folder.parent / "packed.zip", files)


WAYS = pytest.mark.parametrize("way", [as_table, as_folder, as_zip])


@WAYS
@pytest.mark.parametrize("data", [LABELS.encode(), codecs.BOM_UTF8 + LABELS.encode(), LABELS.encode("utf-16")])
def test_a_table_names_the_classes_through_every_way_in(tmp_path, way, data):
    folder = folder_of(tmp_path / "pets", FLAT | {"labels.csv": data})
    source = open_source(way(folder))
    assert classes(source) == CLASSES
    assert source.files == 4


@WAYS
def test_korean_names_in_the_encoding_of_korean_windows_are_found(tmp_path, way):
    table = "파일,라벨\n하나.png,고양이\n둘.png,강아지\n".encode("cp949")
    folder = folder_of(tmp_path / "pets", {"하나.png": plain(1), "둘.png": plain(2), "labels.csv": table})
    assert classes(open_source(way(folder))) == {"하나.png": "고양이", "둘.png": "강아지"}


@WAYS
def test_each_row_that_cannot_be_used_is_refused_with_its_reason_and_the_rest_is_taken(tmp_path, way):
    table = text(
        "file,label,group,split",
        "a.png,cat,p1,train",
        "b.png,dog,p2,val",
        "gone.png,cat,p1,train",
        "c.png,,p1,train",
        "d.png,cat,p1,train",
        "d.png,dog,p1,train",
        "a.png,cat,p1,train",
        "e.png,cat,p1,sometimes",
        ",cat,p1,train",
        "f.png,cat,p1,train,more",
        "same.png,cat,p1,train",
    )
    more = {f"{name}.png": plain(9) for name in ("e", "f", "unnamed", "in/same", "out/same")}
    folder = folder_of(tmp_path / "pets", FLAT | more | {"labels.csv": table, "notes.txt": b"x"})
    known, refused = read(open_source(way(folder)))
    assert known == {
        "a.png": Known("cat", group="p1", part="train"),
        "b.png": Known("dog", group="p2", part="validation"),
    }
    expected = {
        "gone.png": "Row 4 of labels.csv names a file that is not there",
        "c.png": "Row 5 of labels.csv has no label",
        "d.png": "names the image twice: label is “cat” in row 6 and “dog” in row 7",
        "e.png": "Row 9 of labels.csv puts the image into sometimes",
        "labels.csv": "Row 10 of labels.csv names no file",
        "f.png": "Row 11 of labels.csv has more fields than the header",
        "same.png": "Row 12 of labels.csv may mean several files",
        "unnamed.png": "labels.csv does not name the image",
        "in/same.png": "labels.csv does not name the image",
        "out/same.png": "labels.csv does not name the image",
        "notes.txt": "A file of the kind .txt cannot be used",
    }
    assert set(refused) == set(expected)
    for path, reason in expected.items():
        assert reason in refused[path]


@WAYS
def test_a_column_of_numbers_makes_values(tmp_path, way):
    table = text("image;value", "a;0,5", "b;-2", "c;1,234", "d;much")
    folder = folder_of(tmp_path / "pets", FLAT | {"labels.csv": table})
    path = with_columns(way(folder), LabelColumns("image", "value", kind="number"))
    known, refused = read(open_source(path))
    assert known == {"a.png": Known(value=0.5), "b.png": Known(value=-2.0)}
    assert "The label 1,234 in row 4 of labels.csv is not a number" in refused["c.png"]
    assert "The label much in row 5" in refused["d.png"]


def test_codes_stay_as_they_are_written(tmp_path):
    table = text("file,label", "a,007", "b,7", "c,07", "d,NA")
    assert list(classes(open_source(folder_of(tmp_path / "p", FLAT | {"labels.csv": table}))).values()) == [
        *("007", "7", "07", "NA")
    ]


@WAYS
@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("file:label\na.png:cat", "has one column only: its first row is “file:label”"),
        ("", "is empty"),
        ("file,label\n", "has a header and no row below it"),
        ("a.png,cat\nb.png,dog", "has no header: its first row names the file a.png"),
        ("file,label\nx.png,cat\ny.png,dog", "No column of labels.csv names a file that is there. Its first row is: x"),
        ("file,patient\na,1\nb,1", "labels.csv has no column of labels. Its columns are: file, patient"),
        ("file,colour,shape\na,red,flat\nb,red,round", "It is not clear which column of labels.csv holds the labels"),
    ],
)
def test_a_table_that_is_of_no_use_beside_loose_images_is_said_to_be(tmp_path, way, table, reason):
    folder = folder_of(tmp_path / "pets", FLAT | {"labels.csv": table.encode()})
    with pytest.raises(DatasetError) as error:
        open_source(way(folder))
    assert reason in str(error.value)


@WAYS
def test_a_person_may_choose_the_columns_and_the_rest_is_suggested(tmp_path, way):
    table = text("file,colour,shape,patient", "a,red,flat,1", "b,red,round,1", "c,blue,flat,2", "d,blue,flat,2")
    data = way(folder_of(tmp_path / "pets", FLAT | {"labels.csv": table}))
    known, _ = read(open_source(f"{data}?label=shape"))
    assert known["b.png"] == Known("round", group="1")
    known, _ = read(open_source(f"{data}?label=patient"))
    assert known["b.png"] == Known("1")
    known, _ = read(open_source(with_columns(data, LabelColumns("file", "patient", kind="number"))))
    assert known["b.png"] == Known(value=1.0)
    with pytest.raises(DatasetError, match=r"labels\.csv has no column size\. Its columns are: file, colour, shape"):
        open_source(f"{data}?label=size")


@pytest.mark.parametrize(
    ("table", "is_used"),
    [
        ("file,label\n1.png,x", False),
        ("file,label\ncats/1.png,x\ndogs/1.png,y", True),
        ("file,label\ncats/1.png,x", False),
        ("file,patient\ncats/1.png,p\ncats/2.png,p\ndogs/1.png,q\ndogs/2.png,q", True),
        ("file,width,height\ncats/1.png,8,6\ndogs/1.png,8,6", False),
        ("a,b", False),
        ("no table at all", False),
    ],
)
def test_beside_class_folders_a_table_counts_if_it_names_half_of_the_images_and_tells_something(
    tmp_path, table, is_used
):
    source = open_source(zip_of(tmp_path / "a.zip", TWO_CLASSES | {"labels.csv": table.encode()}))
    assert source.files == (4 if is_used else 5)
    assert ("labels.csv" in {member.path for member in source.members()}) != is_used


def test_a_table_of_groups_leaves_the_classes_to_the_folders(tmp_path):
    table = text("file,patient", *(f"{path},p" for path in TWO_CLASSES))
    known, refused = read(open_source(folder_of(tmp_path / "a", TWO_CLASSES | {"groups.tsv": table})))
    assert set(known.values()) == {Known(group="p")}
    assert refused == {}


def test_a_table_in_a_folder_of_the_archive_names_files_from_there(tmp_path):
    files = {f"pets/{path}": data for path, data in FLAT.items()} | {"pets/labels.csv": LABELS.encode()}
    assert classes(open_source(zip_of(tmp_path / "a.zip", files))) == {f"pets/{path}": c for path, c in CLASSES.items()}


def test_of_several_tables_the_one_that_names_files_is_used(tmp_path):
    other = {"other.csv": b"file,label\nx.png,cat\n", "broken.csv": b""}
    folder = folder_of(tmp_path / "a", FLAT | {"labels.csv": LABELS.encode()} | other)
    known, refused = read(open_source(folder))
    assert {path: each.class_name for path, each in known.items()} == CLASSES
    assert set(refused) == {"other.csv", "broken.csv"}


def test_what_there_is_to_choose_can_be_looked_at(tmp_path):
    folder = folder_of(tmp_path / "pets", FLAT | {"labels.csv": LABELS.encode()})
    for data in (folder, folder / "labels.csv", as_zip(folder)):
        found = find_labels(data)
        assert found.table.header == ("file", "label")
        assert found.suggestion.columns == LabelColumns("file", "label")
        assert (found.suggestion.matched, found.files, found.is_used) == (4, 4, True)
    assert find_labels(folder_of(tmp_path / "plain", TWO_CLASSES)) is None


def test_a_choice_needs_exactly_one_table(tmp_path):
    with pytest.raises(DatasetError, match="pets holds 0 tables"):
        open_source(f"{folder_of(tmp_path / 'pets', TWO_CLASSES)}?label=x")
