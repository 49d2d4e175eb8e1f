"""The same picture under two labels: one of them must be wrong."""

import numpy as np

from core.message import Message, mark, say, say_count
from core.quality.finding import Finding, in_groups
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind

DIFFERENT_FROM = 0.25
"""Of the range in which nine in ten of the values lie: the values of one picture may not be further apart."""


class LabelConflicts(Kind):
    """Clusters of exact or near copies that hold two of different classes, or with very different values."""

    name = "label_conflicts"

    def find(self, inspected: Inspected) -> Finding | None:
        is_number = not inspected.class_names
        labels = inspected.images["value" if is_number else "label"].to_numpy(float)
        first, second = (labels[inspected.pairs[end].to_numpy()] for end in ("first", "second"))
        limit = DIFFERENT_FROM * float(np.ptp(np.quantile(labels, (0.05, 0.95)))) if is_number else 0.0
        groups = inspected.clusters_with(np.abs(first - second) > limit)
        if not groups:
            return None
        return Finding(
            kind=self.name,
            title=_title(len(groups), is_number),
            explanation=say(
                "One of the labels must be wrong. The model is told two things about one picture, and whichever it "
                "learns, the other counts as a mistake."
            ),
            advice=say("Look at each group, give its images the right label, and remove the copies."),
            figure=mark("value") if is_number else mark("class"),
            threshold=limit if is_number else None,
            **in_groups(groups, labels),
        )


def _title(count: int, is_number: bool) -> Message:
    if is_number:
        return say_count(
            "{count:,} picture has very different numbers",
            "{count:,} pictures have very different numbers",
            count=count,
        )
    return say_count("{count:,} picture is in two classes", "{count:,} pictures are in two classes", count=count)
