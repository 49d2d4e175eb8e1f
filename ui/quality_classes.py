"""The classes that a finding is about, with their numbers of images and how many there should be."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.quality.finding import Finding
from ui.text import _, translate


def show(dataset: Dataset, finding: Finding) -> None:
    """Draws a line for each of them, the smallest first."""
    st.dataframe(table(dataset, finding), hide_index=True, width="content", alt=translate(finding.title))


def table(dataset: Dataset, finding: Finding) -> pd.DataFrame:
    """A row for each class; where the images have numbers, one for all."""
    firsts = [group[0] for group in finding.groups]
    classes = {} if dataset.predicts_numbers else {_("Class"): dataset.images["class_name"].iloc[firsts].tolist()}
    sizes = [len(group) for group in finding.groups]
    return pd.DataFrame({**classes, _("Images"): sizes, _("At least"): [finding.threshold] * len(sizes)})
