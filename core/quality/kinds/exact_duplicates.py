"""Images with the same pixels, whatever their files are called."""

import numpy as np

from core.message import mark, say, say_count
from core.quality.finding import Finding, in_groups
from core.quality.inspected import Inspected, groups_of
from core.quality.kinds.kind import Kind


class ExactDuplicates(Kind):
    """Found by the hash of the decoded pixels."""

    name = "exact_duplicates"

    def find(self, inspected: Inspected) -> Finding | None:
        _, kinds, counts = np.unique(inspected.images["pixel_hash"], return_inverse=True, return_counts=True)
        groups = groups_of(kinds, np.flatnonzero(counts > 1))
        if not groups:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} image is there more than once, with the same pixels",
                "{count:,} images are there more than once, with the same pixels",
                count=len(groups),
            ),
            explanation=say(
                "A copy that falls into training and another that falls into validation or test make a figure look "
                "better than it is; copies inside one part only count that image more often."
            ),
            advice=say("Remove all but one of each group."),
            figure=mark("copies"),
            **in_groups(groups, counts[kinds]),
        )
