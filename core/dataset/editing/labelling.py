"""The classes of images that were changed, and the labels that follow from them."""

import pandas as pd


def class_names_of(images: pd.DataFrame) -> tuple[str, ...]:
    """The names of the classes that have images, sorted; none where the images have numbers."""
    return tuple(sorted(set(images["class_name"]) - {""}))


def labelled(images: pd.DataFrame) -> pd.DataFrame:
    """``images`` with the label of each: the position of its class among `class_names_of`; 0 where there are none."""
    labels = {class_name: label for label, class_name in enumerate(class_names_of(images))} or {"": 0}
    return images.assign(label=images["class_name"].map(labels).astype("int64"))
