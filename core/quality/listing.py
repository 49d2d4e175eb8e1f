"""A quality report with the paths of the images instead of their positions."""

from collections.abc import Callable, Mapping
from typing import Any

from core.dataset.store import Dataset
from core.quality.finding import Finding
from core.quality.quality_report import QualityReport

MOST_SHOWN = 5
"""Images or groups of each finding that are named in a text."""


def listing(dataset: Dataset, report: QualityReport) -> dict[str, Any]:
    """The answer of the command line, see `docs/architecture.md`: duplicates and conflicts as lists of groups of paths,
    classes with their numbers of images, other findings as lists of paths, the worst first."""
    refused = dataset.refused[["path", "reason"]].itertuples(index=False)
    return {
        "images": report.images,
        **{kind: form(dataset, report.of(kind)) for kind, form in _FORMS.items()},
        "refused": [{"path": path, "reason": str(reason)} for path, reason in refused],
    }


def in_words(dataset: Dataset, report: QualityReport) -> str:
    """The report as English text, a paragraph for each finding."""
    paragraphs = [_paragraph(dataset, finding) for finding in report.findings]
    return "\n\n".join(paragraphs or [f"Nothing was found wrong with {report.images:,} images."])


def _groups(dataset: Dataset, finding: Finding | None) -> list[list[str]]:
    paths = dataset.images["path"]
    return [] if finding is None else [paths.iloc[list(group)].tolist() for group in finding.groups]


def _images(dataset: Dataset, finding: Finding | None) -> list[str]:
    return [path for group in _groups(dataset, finding) for path in group]


def _classes(dataset: Dataset, finding: Finding | None) -> dict[str, int]:
    groups = () if finding is None else finding.groups
    return {dataset.images["class_name"].iloc[group[0]]: len(group) for group in groups}


_FORMS: Mapping[str, Callable[[Dataset, Finding | None], Any]] = {
    "exact_duplicates": _groups,
    "near_duplicates": _groups,
    "label_conflicts": _groups,
    "dark": _images,
    "bright": _images,
    "blurry": _images,
    "blank": _images,
    "odd_size": _images,
    "odd_aspect": _images,
    "imbalance": _classes,
    "few_images": _classes,
    "mixed_colour": _images,
}


def _paragraph(dataset: Dataset, finding: Finding) -> str:
    lines = [f"{finding.title}. {finding.explanation}", f"{finding.advice}"]
    return "\n  ".join([*lines, *_examples(dataset, finding)])


def _examples(dataset: Dataset, finding: Finding) -> list[str]:
    form = _FORMS[finding.kind](dataset, finding)
    if isinstance(form, dict):
        return [f"{name}: {images:,}" for name, images in form.items()]
    shown = [item if isinstance(item, str) else ", ".join(item) for item in form[:MOST_SHOWN]]
    return shown + ([f"and {len(form) - MOST_SHOWN:,} more"] if len(form) > MOST_SHOWN else [])
