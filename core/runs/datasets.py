"""The one line that the screens say of a dataset, kept where its folder need not be opened."""

from dataclasses import dataclass

from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import say
from core.runs.database import Database
from core.runs.tables import DatasetRow


@dataclass(frozen=True)
class DatasetSummary:
    """``images`` and ``refused`` are numbers of files; ``image_size`` is the size suggested at intake."""

    id: str
    name: str
    images: int
    refused: int
    class_names: tuple[str, ...]
    image_size: ImageSize


def register_dataset(database: Database, dataset: Dataset) -> None:
    """Makes ``dataset`` known to the database. One that is known already keeps the name it had."""
    with database.writing() as session:
        if session.get(DatasetRow, dataset.id) is None:
            session.add(_row(dataset, database))


def dataset_summary(database: Database, dataset_id: str) -> DatasetSummary:
    """What is known of a dataset. Raises DatasetError when it was never taken in."""
    with database.reading() as session:
        row = session.get(DatasetRow, dataset_id)
    if row is None:
        raise DatasetError(say("There is no dataset {id}. Take its images in again.", id=dataset_id))
    image_size = ImageSize.model_validate({"height": row.height, "width": row.width, "channels": row.channels})
    return DatasetSummary(row.id, row.name, row.images, row.refused, tuple(row.class_names), image_size)


def _row(dataset: Dataset, database: Database) -> DatasetRow:
    height, width, channels = dataset.image_size.shape
    return DatasetRow(
        id=dataset.id,
        name=dataset.name,
        images=len(dataset.images),
        refused=len(dataset.refused),
        class_names=list(dataset.class_names),
        height=height,
        width=width,
        channels=channels,
        created_at=database.now(),
    )
