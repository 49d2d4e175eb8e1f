"""The images that the run was made with, what was refused, and how they came to be what they are."""

from core.dataset.summary import counts
from core.message import Message, say, say_count
from core.report.blocks import Block, Column, Figure, Paragraph, Section, Table, Text, facts, quantity, share
from core.report.kept import Kept


def section(kept: Kept) -> Section:
    """Name and size, images per class or the range of the numbers, refusals, versions."""
    dataset = kept.dataset
    held = _numbers(kept) if dataset.predicts_numbers else _classes(kept)
    return Section(say("Data"), (_sentence(kept), held, *_refusals(kept), *_versions(kept)))


def _sentence(kept: Kept) -> Paragraph:
    dataset = kept.dataset
    return Paragraph(
        say(
            "{name}: {images} (dataset {id}).",
            name=dataset.name,
            images=_images(len(dataset.images)),
            id=dataset.id,
        )
    )


def _images(count: int) -> Message:
    return say_count("{count:,} image", "{count:,} images", count=count)


def _classes(kept: Kept) -> Table:
    table, total = counts(kept.dataset), len(kept.dataset.images)
    rows = ((each.class_name, Figure(each.images), share(each.images / total)) for each in table.itertuples())
    columns = (Column(say("Class")), Column(say("Images"), True), Column(say("Share"), True))
    return Table(say("Images per class"), columns, tuple(rows))


def _numbers(kept: Kept) -> Table:
    values = kept.dataset.images["value"]
    return facts(
        say("The numbers to be predicted"),
        [
            (say("lowest"), quantity(float(values.min()))),
            (say("mean"), quantity(float(values.mean()))),
            (say("highest"), quantity(float(values.max()))),
        ],
    )


def _refusals(kept: Kept) -> tuple[Block, ...]:
    """Counted by what they say, whatever numbers are in it; the first of each kind stands for it."""
    refused = kept.dataset.refused
    if refused.empty:
        return (Paragraph(say("No file was refused.")),)
    kinds = refused.groupby([reason.template for reason in refused["reason"]], sort=False)["reason"]
    rows: list[tuple[Text, ...]] = [(reasons.iloc[0], Figure(len(reasons))) for _, reasons in kinds]
    columns = (Column(say("Reason, as of the first file")), Column(say("Files"), True))
    return (Table(say("Refused files"), columns, tuple(rows)),)


def _versions(kept: Kept) -> tuple[Block, ...]:
    if len(kept.versions) < 2:
        return ()
    rows = tuple(
        (
            Figure(version.number),
            f"{version.created_at:%Y-%m-%d %H:%M}",
            version.change,
            say("this run") if version.dataset_id == kept.run.dataset_id else "",
        )
        for version in kept.versions
    )
    columns = (Column(say("Version"), True), Column(say("Made (UTC)")), Column(say("Change")), Column(say("Used by")))
    return (Table(say("Versions of the images"), columns, rows),)
