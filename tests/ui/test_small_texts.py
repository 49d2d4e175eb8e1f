"""The sentences and names that the screens make by themselves."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.dataset.image_size import ImageSize
from core.split import LeakReport, Split
from ui import numbers
from ui.charts import class_counts, split_bar
from ui.data_line import data_line
from ui.leak_box import sentence
from ui.markdown import plain
from ui.moments import ago
from ui.new_project import free_name

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=-3), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=40), "on 2025-12-22"),
    ],
)
def test_a_moment_is_told_as_people_say_it(passed, expected):
    assert str(ago(NOW - passed, NOW)) == expected


def test_a_dataset_is_told_in_one_line():
    line = data_line(5000, 10, ImageSize(height=28, width=28, channels=1))
    assert str(line) == "5,000 images · 10 classes · 28 × 28 × 1"
    assert str(data_line(1, 1, ImageSize(height=8, width=9, channels=3))) == "1 image · 1 class · 8 × 9 × 3"


@pytest.mark.parametrize(
    ("taken", "expected"), [([], "Pets"), (["Dogs"], "Pets"), (["Pets"], "Pets 2"), (["Pets", "Pets 2"], "Pets 3")]
)
def test_a_name_that_is_taken_gets_a_number(taken, expected):
    assert free_name("Pets", taken) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cats", "cats"),
        ("a_b*", r"a\_b\*"),
        (":red[x]", r"\:red\[x\]"),
        ("two\nlines", "two lines"),
        ("1. one", "1\\. one"),
        ("- x", "\\- x"),
        ("a-1.png", "a-1.png"),
    ],
)
def test_markup_in_names_is_shown_letter_by_letter(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("clusters", "before", "after", "expected"),
    [
        (0, 0, 0, "No two images have the same pixels"),
        (3, 2, 1, "1 image of validation or test has exactly the pixels"),
        (9, 5, 5, "5 images of validation and test have exactly the pixels"),
        (9, 5, 0, "5 images of validation and test would have a twin"),
        (1, 0, 0, "There is 1 group of images"),
    ],
)
def test_leaks_are_told_in_words(clusters, before, after, expected):
    assert expected in str(sentence(LeakReport(clusters, before, after), Split(), is_searched=False))


def test_the_charts_have_their_sentences():
    counts = pd.DataFrame({"class_name": ["cats", "dogs"], "images": [3, 1200]})
    assert class_counts.sentence(counts) == "From 3 images of cats to 1,200 of dogs."
    assert class_counts.sentence(counts.assign(images=7)) == "Every class has 7 images."
    parts = pd.DataFrame({"class_name": ["cats"] * 3, "part": ["train", "validation", "test"], "images": [1000, 20, 3]})
    assert split_bar.sentence(parts) == "1,000 images for training, 20 for validation, 3 for the test."
    assert split_bar.table(parts).to_dict("records") == [
        {"Class": "cats", "Training": 1000, "Validation": 20, "Test": 3}
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (116, "1 min 56 s"),
        (3599.4, "59 min 59 s"),
        (3599.6, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_short_duration_has_few_letters(seconds, expected):
    assert str(numbers.short_duration(seconds)) == expected
