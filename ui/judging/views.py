"""The views of a judged run, in the order in which they are offered."""

from collections.abc import Callable
from dataclasses import dataclass

from core.evaluation import Judged, NumberEvaluation
from core.message import mark
from ui.judging import (
    attention,
    comparison,
    confidence,
    curves,
    epochs,
    mistakes,
    numbers,
    report,
    result,
    shortcuts,
)


@dataclass(frozen=True)
class View:
    """``title`` is in English, to be translated. ``on_test``: whether it is for the test images too, once they were
    opened; the others ask the model more than an opening answers."""

    name: str
    title: str
    icon: str
    show: Callable[..., None]
    on_test: bool = True


_OF_CLASSES = (
    View("result", mark("Result"), ":material/verified:", result.show),
    View("mistakes", mark("Mistakes"), ":material/grid_view:", mistakes.show),
    View("curves", mark("Thresholds"), ":material/show_chart:", curves.show),
    View("confidence", mark("Confidence"), ":material/speed:", confidence.show),
    View("attention", mark("Where it looks"), ":material/visibility:", attention.show),
    View("epochs", mark("Through the epochs"), ":material/timeline:", epochs.show, on_test=False),
    View("comparison", mark("Compare"), ":material/compare_arrows:", comparison.show),
    View("shortcuts", mark("Shortcuts"), ":material/fork_right:", shortcuts.show, on_test=False),
    View("report", mark("Report"), ":material/description:", report.show),
)
_OF_NUMBERS = (
    View("result", mark("Result"), ":material/verified:", numbers.show),
    View("attention", mark("Where it looks"), ":material/visibility:", attention.show),
    View("epochs", mark("Through the epochs"), ":material/timeline:", epochs.show, on_test=False),
    View("comparison", mark("Compare"), ":material/compare_arrows:", comparison.show),
    View("report", mark("Report"), ":material/description:", report.show),
)


def views_of(judged: Judged) -> dict[str, View]:
    """The views that fit what was judged, by name."""
    offered = _OF_NUMBERS if isinstance(judged, NumberEvaluation) else _OF_CLASSES
    return {view.name: view for view in offered if view.on_test or judged.part == "validation"}
