import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.dataset.decode import decode
from core.dataset.sources import open_source
from core.quality.clusters import clusters_of
from core.quality.look_alikes import look_alikes
from tests.core.dataset.builders import noise

ORIGINALS = 150
MOST_FALSE = 0.01


def digits(count=ORIGINALS):
    members = list(open_source("digits").members())
    return [decode(member.read()) for member in members[:: len(members) // count][:count]]


def photo(seed, side=80):
    """Shapes in colours on a slope of brightness, under a little noise."""
    chance = np.random.default_rng(seed)
    slope = np.linspace(60, 160, side)[:, np.newaxis, np.newaxis] + np.zeros((side, side, 3))
    image = Image.fromarray((slope + noise(side, side, seed=seed) / 16).astype(np.uint8))
    for _ in range(8):
        left, top, width, height = chance.integers(0, side, 2).tolist() + chance.integers(8, side // 2, 2).tolist()
        colour = tuple(chance.integers(0, 256, 3).tolist())
        ImageDraw.Draw(image).ellipse((left, top, left + width, top + height), fill=colour)
    return image


def as_jpeg(image, quality):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert(image.mode)


def darker(image):
    return image.point(lambda value: round(value * 0.88))


def moved(image, down, right):
    """The digits have black edges, so it does not matter that what leaves at one edge enters at the other."""
    return Image.fromarray(np.roll(np.asarray(image), (down, right), axis=(0, 1)))


def smaller_and_back(image):
    return image.resize((60, 60)).resize((80, 80))


def cropped(image):
    return image.crop((2, 2, 78, 78)).resize((80, 80), Image.Resampling.BILINEAR)


def found(images):
    return look_alikes(images, lambda done, total: None)


def rows(pairs):
    return {tuple(pair) for pair in pairs[["first", "second"]].to_numpy().tolist()}


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.copy(),
        lambda image: as_jpeg(image, 90),
        darker,
        lambda image: moved(image, 1, 1),
        lambda image: moved(image, -1, 1),
        lambda image: moved(image, 0, -1),
    ],
    ids=["the same", "JPEG 90", "darker", "moved down and right", "moved up and right", "moved left"],
)
def test_copies_of_small_images_are_found_and_hardly_any_others(change):
    originals = digits()
    pairs = rows(found([*originals, *map(change, originals)]))
    copies = {(position, position + ORIGINALS) for position in range(ORIGINALS)}
    assert len(pairs & copies) >= 0.98 * ORIGINALS
    assert len({first % ORIGINALS for pair in pairs - copies for first in pair}) <= MOST_FALSE * ORIGINALS


@pytest.mark.parametrize(
    "change",
    [
        lambda image: as_jpeg(image, 50),
        darker,
        lambda image: moved(image, 1, 1),
        smaller_and_back,
        cropped,
        lambda image: image.resize((200, 200)),
    ],
    ids=["JPEG 50", "darker", "moved", "75 % and back", "cropped", "enlarged"],
)
def test_copies_of_larger_images_are_found_and_no_others(change):
    originals = [photo(seed) for seed in range(40)]
    expected = {(position, position + 40) for position in range(40)}
    assert rows(found([*originals, *map(change, originals)])) == expected


def test_the_order_of_the_images_makes_no_difference():
    originals = digits(60)
    images = [*originals, *(moved(image, 1, 1) for image in originals[:20]), *originals[:10]]
    order = np.random.default_rng(0).permutation(len(images))
    straight, shuffled = found(images), found([images[position] for position in order])
    assert same_clusters(clusters_of(shuffled, len(images)), clusters_of(straight, len(images))[order])
    back = {tuple(sorted(order[list(pair)])): similarity for *pair, similarity in shuffled.itertuples(index=False)}
    unlike = straight["similarity"] < 1  # of exact copies, which is the first is a matter of order
    for first, second, similarity in straight[unlike].itertuples(index=False):
        assert same_picture(images, back, first, second) == similarity


def same_picture(images, pairs, first, second):
    """The similarity of the pair, or of the same two pictures elsewhere among ``images``."""
    wanted = {images[first].tobytes(), images[second].tobytes()}
    return next(value for pair, value in pairs.items() if {images[position].tobytes() for position in pair} == wanted)


def test_pairs_are_in_order_once_each_and_the_same_each_time():
    images = [*digits(60), *(moved(image, 1, 0) for image in digits(60))]
    pairs = found(images)
    pd.testing.assert_frame_equal(pairs, found(images))
    assert list(pairs.columns) == ["first", "second", "similarity"]
    assert (pairs["first"] < pairs["second"]).all()
    assert pairs["similarity"].between(0, 1).all()
    assert len(rows(pairs)) == len(pairs)
    assert pairs["first"].is_monotonic_increasing


def test_each_exact_copy_is_paired_with_the_first_one():
    image, other = photo(0), photo(1)
    pairs = found([other, image, image, other, image])
    assert pairs.to_numpy().tolist() == [[0, 3, 1.0], [1, 2, 1.0], [1, 4, 1.0]]


def blank(level, size=(28, 28)):
    return Image.new("L", size, level)


def coloured(colour):
    return Image.new("RGB", (32, 32), colour)


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        ([], []),
        ([photo(0)], []),
        ([photo(0), photo(1)], []),
        ([photo(0), photo(0)], [(0, 1)]),
        ([blank(7)] * 4, [(0, 1), (0, 2), (0, 3)]),
        ([blank(0), blank(255), blank(100)], []),
        ([blank(100), coloured((100, 100, 100))], [(0, 1)]),
        ([coloured((200, 0, 0)), coloured((0, 102, 0))], []),
        ([blank(9, (1, 1)), blank(9, (8, 1000)), blank(9, (1000, 8))], [(0, 1), (0, 2)]),
        ([Image.fromarray(noise(1000, 8, 1)), Image.fromarray(noise(1000, 8, 1)), blank(9, (1, 1))], [(0, 1)]),
        ([digits(1)[0], digits(1)[0].convert("RGB")], [(0, 1)]),
    ],
    ids=[
        "none",
        "one",
        "two different",
        "two equal",
        "all blank",
        "constant, of different grey",
        "grey and colour",
        "constant, of equal grey and different colour",
        "one pixel and long ones",
        "long ones with a picture",
        "a digit in grey and in colour",
    ],
)
def test_unusual_sets(images, expected):
    pairs = found(images)
    assert rows(pairs) == set(expected)
    assert (pairs["similarity"] == 1).all()
    assert pairs.dtypes.astype(str).to_dict() == {"first": "int64", "second": "int64", "similarity": "float64"}


def test_a_blank_image_with_noise_is_like_a_blank_one_and_not_like_a_picture():
    grain = Image.fromarray(120 + noise(64, 64, 1) // 100)  # 120.8 on average
    assert rows(found([blank(121, (64, 64)), photo(0), grain])) == {(0, 2)}


def test_the_same_shape_in_another_colour_is_another_picture():
    def sign(colour):
        image = coloured((250, 250, 250))
        ImageDraw.Draw(image).ellipse((6, 6, 26, 26), fill=colour)
        return image

    assert rows(found([sign((200, 0, 0)), sign((0, 102, 0)), sign((200, 4, 0))])) == {(0, 2)}


def test_copies_are_found_in_grey_and_in_colour():
    grey = digits(20)
    assert rows(found([*grey, *grey])) == {(row, row + 20) for row in range(20)}
    colour = [image.convert("RGB") for image in grey]
    assert rows(found([*colour, *colour])) == {(row, row + 20) for row in range(20)}


def test_progress_goes_up_to_the_number_of_images():
    reports = []
    look_alikes(digits(50), lambda done, total: reports.append((done, total)))
    done = [done for done, _ in reports]
    assert done == sorted(done)
    assert {total for _, total in reports} == {50}
    assert done[-1] == 50


def table(pairs):
    return pd.DataFrame(pairs, columns=["first", "second"], dtype="int64").assign(similarity=1.0)


@pytest.mark.parametrize(
    ("pairs", "images", "expected"),
    [
        ([], 0, []),
        ([], 3, [0, 1, 2]),
        ([(0, 1)], 2, [0, 0]),
        ([(1, 3)], 4, [0, 1, 2, 1]),
        ([(0, 1), (1, 2), (3, 4)], 6, [0, 0, 0, 1, 1, 2]),
        ([(0, 4), (2, 4), (1, 3)], 5, [0, 1, 0, 1, 0]),
    ],
)
def test_clusters_worked_by_hand(pairs, images, expected):
    assert clusters_of(table(pairs), images).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_clusters_are_those_of_merging_sets(pairs):
    merged = {position: {position} for position in range(10)}
    for first, second in pairs:
        union = merged[first] | merged[second]
        merged.update(dict.fromkeys(union, union))
    cluster = clusters_of(table(pairs), 10)
    assert all((cluster[i] == cluster[j]) == (j in merged[i]) for i in range(10) for j in range(10))


def same_clusters(one, other):
    return ((one[:, np.newaxis] == one) == (other[:, np.newaxis] == other)).all()
