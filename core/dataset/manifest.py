"""What describes a dataset: ``manifest.parquet``, with a row per file taken in or refused, and ``meta.json``."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from core.dataset.image_size import ImageSize
from core.message import Message

IMAGE_COLUMNS: Mapping[str, str] = {
    "path": "str",
    "label": "int64",
    "class_name": "str",
    "width": "int64",
    "height": "int64",
    "mode": "str",
    "bytes": "int64",
    "content_hash": "str",
    "pixel_hash": "str",
    "format": "str",
    "value": "float64",
    "group": "str",
    "given_part": "str",
    "cleaned": "bool",
    "frames": "int64",
}
_FOR_OLDER: Mapping[str, Any] = {"value": float("nan"), "group": "", "given_part": "", "cleaned": False, "frames": 1}
"""What stands in the columns that a manifest from before they were known has not."""
_MANIFEST = "manifest.parquet"
_META = "meta.json"


@dataclass(frozen=True)
class Manifest:
    """What a dataset is, without its pixels. ``images`` and ``refused`` as in `core.dataset.store.Dataset`."""

    name: str
    class_names: tuple[str, ...]
    image_size: ImageSize
    images: pd.DataFrame
    refused: pd.DataFrame

    @property
    def id(self) -> str:
        """16 hexadecimal digits made from the accepted contents, what is known of each, and the refusals, whatever the
        dataset is called."""
        digest = hashlib.sha256(json.dumps(self.class_names).encode())
        known = self.images[["path", "content_hash", "class_name", "value", "group", "given_part"]]
        for row in known.itertuples(index=False):
            digest.update(json.dumps(["accepted", *row]).encode())
        for path, reason in zip(self.refused["path"], self.refused["reason"], strict=True):
            digest.update(json.dumps(["refused", path, reason.to_json()]).encode())
        return digest.hexdigest()[:16]


def images_table(rows: Iterable[Mapping[str, Any]], class_names: Sequence[str]) -> pd.DataFrame:
    """``rows`` sorted by path, with the label of each class: its position in ``class_names``; 0 where the images have
    numbers instead of classes.

    A row is taken into columns and let go before the next one is asked for.
    """
    labels = {class_name: label for label, class_name in enumerate(class_names)} or {"": 0}
    columns: dict[str, list[Any]] = {name: [] for name in IMAGE_COLUMNS}
    for row in rows:
        labelled = {**_FOR_OLDER, **row, "label": labels[row["class_name"]]}
        for name, values in columns.items():
            values.append(labelled[name])
    table = pd.DataFrame({name: pd.Series(columns.pop(name), dtype=kind) for name, kind in IMAGE_COLUMNS.items()})
    return table.sort_values("path", kind="stable", ignore_index=True)


def refused_table(refusals: Sequence[tuple[str, Message]]) -> pd.DataFrame:
    """The paths and reasons sorted by path, then by reason."""
    ordered = sorted(refusals, key=lambda refusal: (refusal[0], refusal[1].to_json()))
    paths, reasons = [path for path, _ in ordered], [reason for _, reason in ordered]
    return pd.DataFrame({"path": pd.Series(paths, dtype="str"), "reason": pd.Series(reasons, dtype="object")})


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Both files into ``folder``, which nobody reads yet."""
    refused = manifest.refused.assign(reason=[reason.to_json() for reason in manifest.refused["reason"]])
    pd.concat([manifest.images, refused], ignore_index=True).to_parquet(folder / _MANIFEST, index=False)
    meta = {
        "name": manifest.name,
        "class_names": manifest.class_names,
        "image_size": manifest.image_size.model_dump(),
    }
    (folder / _META).write_text(json.dumps(meta, ensure_ascii=False, indent=2), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """What `write_manifest` wrote. Raises FileNotFoundError if there is none."""
    meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    rows = pd.read_parquet(folder / _MANIFEST)
    rows = rows.assign(**{column: value for column, value in _FOR_OLDER.items() if column not in rows})
    is_refused = rows["reason"].notna()
    refused = rows.loc[is_refused, ["path", "reason"]]
    images = rows.loc[~is_refused, list(IMAGE_COLUMNS)].reset_index(drop=True)
    return Manifest(
        name=meta["name"],
        class_names=tuple(meta["class_names"]),
        image_size=ImageSize(**meta["image_size"]),
        images=images.astype(dict(IMAGE_COLUMNS)),
        refused=refused_table([(path, Message.from_json(reason)) for path, reason in refused.itertuples(index=False)]),
    )
