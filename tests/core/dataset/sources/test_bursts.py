"""The leaky sample set, judged by a nearest neighbour: it knows a frame by its twin, not by its animal."""

import io
import itertools

import numpy as np
import pytest
from PIL import Image
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from core.dataset.sources import SAMPLES, open_source


@pytest.fixture(scope="module")
def bursts():
    return [(member.path, member.known.group, member.read()) for member in open_source("bursts").members()]


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)), dtype=np.float64)


def test_names_carry_the_burst_which_is_the_group(bursts):
    assert len(bursts) == SAMPLES["bursts"].images == 1_500
    assert bursts[0][:2] == ("cat/burst00_00.png", "burst00")
    assert all(path.split("/")[1].split("_")[0] == group for path, group, _ in bursts)
    frames = {group: len(list(members)) for group, members in itertools.groupby(bursts, key=lambda each: each[1])}
    assert set(frames.values()) == {30}
    assert len(frames) == 50
    assert {path.split("/")[0] for path, _, _ in bursts} == set(SAMPLES["bursts"].class_names)


def test_a_burst_lies_in_one_class_and_no_two_frames_are_equal(bursts):
    classes = {(group, path.split("/")[0]) for path, group, _ in bursts}
    assert len(classes) == 50
    assert len({data for _, _, data in bursts}) == 1_500


def test_the_same_frames_are_made_every_time(bursts):
    assert [member.read() for member in open_source("bursts").members()] == [data for _, _, data in bursts]


def test_a_random_split_promises_what_a_split_by_bursts_does_not_keep(bursts):
    images = np.stack([pixels(data).ravel() for _, _, data in bursts])
    classes = [path.split("/")[0] for path, _, _ in bursts]
    groups = [group for _, group, _ in bursts]
    neighbour = KNeighborsClassifier(1)
    random = cross_val_score(neighbour, images, classes, cv=StratifiedKFold(5, shuffle=True, random_state=0))
    by_burst = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    grouped = cross_val_score(neighbour, images, classes, groups=groups, cv=by_burst)
    assert random.mean() > 0.95
    assert grouped.mean() < 0.75
