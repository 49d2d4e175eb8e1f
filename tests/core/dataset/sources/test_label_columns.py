import pytest

from core.dataset.limits import Limits
from core.dataset.sources.label_columns import LabelColumns, suggested_columns, suggested_kind
from core.dataset.sources.labels_table import read_table

PATHS = ["a.png", "b.png", "c.png", "d.png"]


def suggest(text: str, paths=PATHS):
    return suggested_columns(read_table(text.encode(), "labels.csv", Limits()), paths)


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows])


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (table("file,label", "a.png,cat", "b.png,dog"), LabelColumns("file", "label")),
        (table("label,file", "cat,a.png", "dog,b.png"), LabelColumns("file", "label")),
        (table("x1,x2", "cat,a", "dog,b"), LabelColumns("x2", "x1")),
        (table("id,Class Name,source", "a,cat,x", "b,dog,y"), LabelColumns("id", "Class Name")),
        (table("파일,라벨", "a.png,고양이", "b.png,강아지"), LabelColumns("파일", "라벨")),
        (table("파일,값,환자", "a,0.5,1", "b,2.5,1"), LabelColumns("파일", "값", "환자", None, "number")),
        (
            table("image,target,patient_id,split", "a,x,7,train", "b,y,7,Val", "c,x,8,testing"),
            LabelColumns("image", "target", "patient_id", "split"),
        ),
        (table("image,subset,species", "a,1,cat", "b,2,dog"), LabelColumns("image", "species")),
        (table("image,split,y", "a,train,x", "b,val,y", "c,?,y"), LabelColumns("image", "y", None, "split")),
        (table("image,patient,species", "a,1,cat", "b,2,dog"), LabelColumns("image", "species")),
        (table("image,diagnosis,patient", "a,x,1", "b,y,1"), LabelColumns("image", "diagnosis", "patient")),
        (table("image,width,height", "a,8,6", "b,8,6"), LabelColumns("image", None)),
        (table("image,patient", "a,1", "b,1"), LabelColumns("image", None, "patient")),
        (table("label,image_path", "a,img/a.png", "a,img/b.png"), LabelColumns("image_path", "label")),
        (table("y,score,file", "1.5,2,a", "2,2,b"), LabelColumns("file", "y", None, None, "number")),
    ],
)
def test_columns_are_told_by_their_values_and_their_names(text, columns):
    suggestion = suggest(text, [*PATHS, "img/a.png", "img/b.png"] if "img/" in text else PATHS)
    assert suggestion.columns == columns
    roles = {role for role in ("file", "label", "group", "part") if getattr(columns, role)}
    assert set(suggestion.reasons) == roles | ({"kind"} if columns.label else set())


def test_the_reasons_are_sentences_for_a_preview():
    suggestion = suggest(table("file,what,patient", "a.png,cat,1", "b.png,dog,1", "x.png,dog,2"))
    assert {role: str(reason) for role, reason in suggestion.reasons.items()} == {
        "file": "2 of its 3 values name a file.",
        "label": "It is the only column left.",
        "group": "Its name says so.",
        "kind": "The labels are words.",
    }
    assert (suggestion.matched, suggestion.is_clear) == (2, True)


def test_a_label_among_several_columns_without_a_telling_name_is_not_clear():
    suggestion = suggest(table("file,colour,shape", "a,red,round", "b,blue,flat"))
    assert suggestion.columns.label is None
    assert not suggestion.is_clear


def test_a_table_that_names_no_file_suggests_nothing():
    assert suggest(table("file,label", "x.png,cat", "y.png,dog")) is None


@pytest.mark.parametrize(
    ("labels", "kind", "reason"),
    [
        (["cat", "dog"], "class", "words"),
        (["0", "1", "1"], "class", "only 2 different whole numbers"),
        (["0", "1.5"], "number", "with decimals"),
        ([str(n) for n in range(20)], "class", "only 20"),
        ([str(n) for n in range(21)], "number", "21 different whole numbers, too many"),
        ([f"{n:03}" for n in range(1, 50)], "class", "words"),
        ([*(str(n) for n in range(99)), "n/a"], "number", "99 different"),
        ([*(str(n) for n in range(9)), "n/a"], "class", "words"),
        (["", ""], "class", "words"),
    ],
)
def test_many_or_broken_numbers_are_to_be_predicted_and_few_are_classes(labels, kind, reason):
    suggested, why = suggested_kind(labels)
    assert suggested == kind
    assert reason in str(why)
