"""All findings in one table, behind one click, and to take away."""

from pathlib import Path

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.quality.finding import Finding
from core.quality.quality_report import QualityReport
from ui import session
from ui.quality_kinds import NAMES, OF_CLASSES
from ui.text import _, language


def show(dataset: Dataset, report: QualityReport) -> None:
    """Draws it, and the button that saves it as CSV."""
    box = st.expander(_("All findings as a table"), key="quality_table", type="compact", on_change="rerun")
    if not box.open:
        return
    with box:
        found = _cached_table(session.workspace().datasets, dataset.id, language(), dataset, report)
        st.dataframe(found, hide_index=True, alt=_("All findings as a table"))
        st.download_button(
            _("Save as CSV"),
            found.to_csv(index=False).encode("utf-8-sig"),  # by the mark at its beginning, Excel knows the letters
            file_name="quality.csv",
            mime="text/csv",
            key="quality_table_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def table(dataset: Dataset, report: QualityReport) -> pd.DataFrame:
    """A row for each image of each finding, or for each class where a finding is about classes."""
    parts = [_rows(dataset, finding) for finding in report.findings]
    return pd.concat(parts, ignore_index=True)


def _rows(dataset: Dataset, finding: Finding) -> pd.DataFrame:
    is_of_classes = finding.kind in OF_CLASSES
    lengths = [1 if is_of_classes else len(group) for group in finding.groups]
    rows = [
        (number, position, figure)
        for number, (group, figures, length) in enumerate(zip(finding.groups, finding.figures, lengths, strict=True), 1)
        for position, figure in zip(group[:length], figures[:length], strict=True)
    ]
    numbers, positions, figures = (list(column) for column in zip(*rows, strict=True))
    images = dataset.images.iloc[positions]
    return pd.DataFrame(
        {
            _("Finding"): _(NAMES[finding.kind]),
            _("Group"): numbers,
            _("File"): "" if is_of_classes else images["path"].to_numpy(),
            (_("Number") if dataset.predicts_numbers else _("Class")): images[
                "value" if dataset.predicts_numbers else "class_name"
            ].to_numpy(),
            _("Measured"): _(finding.figure),
            _("Figure"): figures,
            _("Limit"): float("nan") if finding.threshold is None else finding.threshold,
        }
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _cached_table(
    datasets: Path, dataset_id: str, language: str, _dataset: Dataset, _report: QualityReport
) -> pd.DataFrame:
    """The table, kept by what it depends on."""
    return table(_dataset, _report)
