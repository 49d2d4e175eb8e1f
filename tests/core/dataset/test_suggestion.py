import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.image_file import Header
from core.dataset.suggestion import suggested_size


def header(width, height, mode="L"):
    return Header("png", width, height, mode)


@pytest.mark.parametrize(
    ("headers", "shape"),
    [
        ([header(28, 28), header(28, 28)], (28, 28, 1)),
        ([header(20, 30)], (30, 20, 1)),
        ([header(96, 96, "RGB")], (96, 96, 3)),
        ([header(97, 20)], (64, 64, 1)),
        ([header(28, 28), header(28, 29)], (64, 64, 1)),
        ([header(28, 28), header(28, 28, "RGB")], (28, 28, 3)),
        ([header(28, 28, "I;16"), header(28, 28, "1"), header(28, 28, "LA")], (28, 28, 1)),
        ([header(28, 28, "P")], (28, 28, 3)),
        ([header(28, 28, "CMYK")], (28, 28, 3)),
        ([], (64, 64, 1)),
    ],
)
def test_a_common_small_size_is_kept_and_colour_is_kept(headers, shape):
    assert suggested_size(headers).shape == shape


@given(st.lists(st.tuples(st.sampled_from([28, 64, 96, 97]), st.sampled_from([28, 64, 97]), st.sampled_from("L1P"))))
def test_the_order_of_the_images_does_not_matter(kinds):
    headers = [header(*kind) for kind in kinds]
    assert suggested_size(headers) == suggested_size(headers[::-1])
