"""Which images trained, which validated and which are for the test, and what leaks between them."""

import pandas as pd

from core.message import Message, say, say_count
from core.recipe_changes.fields import title, told
from core.report.blocks import Block, Column, Figure, Paragraph, Section, Table, Text, facts
from core.report.gaps import NO_PAIRS
from core.report.kept import Kept
from core.report.sections.settings import looked_for
from core.runs.openings import moved_problem
from core.split import PART_TITLES, PARTS, leak_report, leaking_images


def section(kept: Kept) -> Section:
    """Settings, counts, leaks, and what was opened before."""
    split = kept.run.recipe.split
    table = facts(
        say("How the images were divided"),
        [(title(f"split.{name}"), told(value)) for name, value in looked_for(split)],
    )
    return Section(say("Split"), (table, _counts(kept), *_leaks(kept), *_opened(kept)))


def _counts(kept: Kept) -> Table:
    counts = kept.assignment.counts()
    total: tuple[Text, ...] = (say("all"), *(Figure(counts[part]) for part in PARTS))
    first = say("Images") if kept.dataset.predicts_numbers else say("Class")
    columns = (Column(first), *(Column(say(PART_TITLES[part]), True) for part in PARTS))
    return Table(say("Images in each part"), columns, (*_per_class(kept), total))


def _per_class(kept: Kept) -> list[tuple[Text, ...]]:
    dataset = kept.dataset
    if dataset.predicts_numbers:
        return []
    table = kept.assignment.counts_per_class(dataset.class_names, dataset.images["label"].tolist())
    wide = table.pivot_table(index="class_name", columns="part", values="images", sort=False)
    return [(name, *(Figure(int(wide.loc[name, part])) for part in PARTS)) for name in dataset.class_names]


def _opened(kept: Kept) -> tuple[Block, ...]:
    """A caution where images of an opened test set train or validate here."""
    problem = moved_problem(kept.database, kept.dataset.images, kept.assignment)
    return () if problem is None else (Paragraph(problem.message, is_caution=True),)


def _leaks(kept: Kept) -> tuple[Block, ...]:
    split, images = kept.run.recipe.split, kept.dataset.images
    report = leak_report(split, images, kept.pairs)
    leaking = leaking_images(split, kept.assignment, images, kept.pairs)
    found = Paragraph(_sentence(report.clusters, report.before, leaking), is_caution=not leaking.empty)
    return (found,) if kept.pairs is not None else (found, Paragraph(say(NO_PAIRS)))


def _sentence(clusters: int, before: int, leaking: pd.DataFrame) -> Message:
    if not clusters:
        return say("No two images are alike, so none can stand in two parts.")
    return say(
        "{clusters} {before} {after}",
        clusters=say_count(
            "{count:,} time two or more images are alike.",
            "{count:,} times two or more images are alike.",
            count=clusters,
        ),
        before=say_count(
            "With nothing kept together, {count:,} validation or test image would have one like it in training.",
            "With nothing kept together, {count:,} validation and test images would have one like them in training.",
            count=before,
        ),
        after=say_count("In this split, {count:,} has.", "In this split, {count:,} have.", count=len(leaking)),
    )
