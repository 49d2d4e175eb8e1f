"""Images that show the same picture although their pixels differ."""

import numpy as np

from core.message import mark, say, say_count
from core.quality.finding import Finding, in_groups
from core.quality.inspected import Inspected
from core.quality.kinds.kind import Kind
from core.quality.look_alikes import ALIKE_FROM


class NearDuplicates(Kind):
    """Clusters of look-alikes, unless all their images have the same pixels."""

    name = "near_duplicates"

    def find(self, inspected: Inspected) -> Finding | None:
        pairs = inspected.pairs
        hashes = inspected.images["pixel_hash"].to_numpy()
        groups = inspected.clusters_with(hashes[pairs["first"]] != hashes[pairs["second"]])
        if not groups:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} group of images shows nearly the same picture",
                "{count:,} groups of images show nearly the same picture",
                count=len(groups),
            ),
            explanation=say(
                "They were saved again, resized, moved, cropped or made brighter, or taken in one burst. Divided "
                "between training and test, they are no test: the model has seen the answer."
            ),
            advice=say(
                "Keep the images of a group together in the split (look-alikes stay together), or remove all but one "
                "of each group."
            ),
            figure=mark("similarity"),
            threshold=ALIKE_FROM,
            **in_groups(groups, _highest(inspected)),
        )


def _highest(inspected: Inspected) -> np.ndarray:
    """The similarity of each image to the one that is most like it, (images,)."""
    highest = np.zeros(len(inspected.images))
    for end in ("first", "second"):
        np.maximum.at(highest, inspected.pairs[end].to_numpy(), inspected.pairs["similarity"].to_numpy())
    return highest
