import pytest

from core.dataset.given_part import given_part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        *(("train", "train"), ("Training", "train"), ("학습", "train")),
        *(("VAL", "validation"), ("valid", "validation"), (" validation ", "validation"), ("dev", "validation")),
        *(("test", "test"), ("Testing", "test"), ("시험", "test")),
        *(("", None), ("trains", None), ("holdout", None)),
    ],
)
def test_the_usual_names_of_parts_are_known(text, part):
    assert given_part(text) == part
