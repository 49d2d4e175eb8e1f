import base64
import io

import numpy as np
import pytest

from core.runs import inspection_queue, inspections
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import InspectionError, InspectionKind
from tests.core.runs.builders import ELSEWHERE

PIXELS = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
PROBABILITIES = np.array([[0.25, 0.75], [0.5, 0.5]])


def heat_maps(first: float = 0.0) -> HeatMaps:
    maps = np.array([[[first, 1.0], [2.0, 4.0]], np.zeros((2, 2))], np.float32)
    return HeatMaps.of((2, 5), maps, (1, 1), PROBABILITIES)


def test_each_map_goes_from_0_to_its_own_peak(database):
    asked = inspections.ask_heat_maps(database, "one", 3, (0,), 1, "all")
    inspection_queue.claim(database, ELSEWHERE)
    inspection_queue.finish(database, asked.id, heat_maps().to_result(), heat_maps().to_data())

    found = HeatMaps.read(inspections.get(database, asked.id))

    assert (found.epochs, found.peaks, found.cells) == ((2, 5), (4.0, 0.0), (1, 1))
    assert found.maps.dtype == np.float32
    assert found.maps.tolist() == [[[0, 0.25], [0.5, 1]], [[0, 0], [0, 0]]]
    np.testing.assert_array_equal(found.probabilities, PROBABILITIES, strict=True)


def test_on_one_scale_the_largest_peak_of_all_epochs_is_1():
    maps = np.array([[[1.0, 4.0]], [[2.0, 0.0]], [[0.0, 0.0]]], np.float32)
    found = HeatMaps.of((1, 2, 3), maps, (1, 2), np.tile(PROBABILITIES[:1], (3, 1))).on_one_scale()
    assert found.maps.tolist() == [[[0.25, 1]], [[0.5, 0]], [[0, 0]]]
    assert found.peaks == (4.0, 2.0, 0.0)


def test_maps_without_any_warmth_have_no_scale():
    found = HeatMaps.of((1,), np.zeros((1, 2, 2), np.float32), (2, 2), PROBABILITIES[:1]).on_one_scale()
    assert not found.maps.any()


def test_thirds_come_back_to_three_digits():
    maps = np.array([[[1.0, 3.0]]], np.float32)
    found = HeatMaps.of((1,), maps, (1, 2), PROBABILITIES[:1])
    with np.load(io.BytesIO(found.to_data())) as arrays:
        np.testing.assert_allclose(arrays["maps"].astype(np.float32), [[[1 / 3, 1]]], atol=5e-4)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_finite_numbers_have_no_picture(value):
    with pytest.raises(InspectionError, match="not finite"):
        heat_maps(value)


@pytest.mark.parametrize(
    ("image", "asked_image", "asked_pixels"),
    [(3, 3, None), (np.int64(3), 3, None), (PIXELS, None, base64.b64encode(bytes(range(12))).decode())],
)
def test_an_image_is_a_row_or_its_pixels(database, image, asked_image, asked_pixels):
    asked = inspections.ask_heat_maps(database, "one", image, (4, 1), np.int64(1))
    assert asked.kind is InspectionKind.HEAT_MAPS
    assert inspections.get(database, asked.id).payload == {
        "run_id": "one",
        "image": asked_image,
        "pixels": asked_pixels,
        "place": [4, 1],
        "class_index": 1,
        "epochs": None,
    }


def test_every_part_of_the_question_makes_it_another_one(database):
    questions = [
        ("one", 0, (0,), 0),
        ("two", 0, (0,), 0),
        ("one", 1, (0,), 0),
        ("one", PIXELS, (0,), 0),
        ("one", PIXELS + 1, (0,), 0),
        ("one", 0, (1,), 0),
        ("one", 0, (0,), 1),
        ("one", 0, (0,), 0, "all"),
    ]
    assert len({inspections.ask_heat_maps(database, *each).id for each in 2 * questions}) == len(questions)
