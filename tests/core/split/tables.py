"""Tables of images for the tests of the split."""

from collections.abc import Sequence

import pandas as pd
from hypothesis import strategies as st

from core.split import Split


def table_of(
    labels: Sequence[int], pixel_hashes: Sequence[str] | None = None, **columns: Sequence[object]
) -> pd.DataFrame:
    """One row per label; without ``pixel_hashes`` no two images look alike. ``columns`` are added or replaced."""
    names = [f"class {label}" for label in labels]
    return pd.DataFrame(
        {
            "path": [f"{name}/{row}.png" for row, name in enumerate(names)],
            "label": list(labels),
            "class_name": names,
            "pixel_hash": list(pixel_hashes) if pixel_hashes else [f"pixels {row}" for row in range(len(labels))],
        }
    ).assign(**{name: list(values) for name, values in columns.items()})


@st.composite
def splits(draw: st.DrawFn, **fixed: object) -> Split:
    """Ratios in whole percents, as the sliders give them."""
    train = draw(st.integers(0, 100))
    validation = draw(st.integers(0, 100 - train))
    ratios = {"train": train / 100, "validation": validation / 100, "test": (100 - train - validation) / 100}
    others = {
        "seed": draw(st.integers(0, 2**32 - 1)),
        "stratify": draw(st.booleans()),
        "keep_together": draw(st.sampled_from(["nothing", "exact", "group"])),
    }
    return Split(**ratios, **(others | fixed))


@st.composite
def tables(draw: st.DrawFn, twins: bool = True, largest: int = 60) -> pd.DataFrame:
    labels = draw(st.lists(st.integers(0, 4), min_size=1, max_size=largest))
    groups = draw(st.lists(st.sampled_from(["", *"pqrstuv"]), min_size=len(labels), max_size=len(labels)))
    if not twins:
        return table_of(labels, group=groups)
    looks = draw(st.lists(st.sampled_from("abcdefghij"), min_size=len(labels), max_size=len(labels)))
    return table_of(labels, looks, group=groups)
