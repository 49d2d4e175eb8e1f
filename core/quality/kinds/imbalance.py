"""Classes that have far fewer images than others."""

from core.message import mark, say, say_count
from core.quality.finding import Finding, in_groups
from core.quality.inspected import Inspected, groups_of
from core.quality.kinds.class_sizes import class_sizes
from core.quality.kinds.kind import Kind

SHARE_BELOW = 1 / 3
"""Of the largest class."""


class Imbalance(Kind):
    """A group for each of the small classes."""

    name = "imbalance"

    def find(self, inspected: Inspected) -> Finding | None:
        sizes = class_sizes(inspected)
        limit = SHARE_BELOW * sizes.max()
        labels = inspected.images["label"].to_numpy()
        groups = groups_of(labels, (sizes < limit).nonzero()[0])
        if not groups:
            return None
        return Finding(
            kind=self.name,
            title=say_count(
                "{count:,} class is much smaller than {largest}",
                "{count:,} classes are much smaller than {largest}",
                count=len(groups),
                largest=inspected.class_names[sizes.argmax()],
            ),
            explanation=say(
                "They have less than a third of its {images:,} images. A model that prefers the large class looks good "
                "by its accuracy, and bad for the small ones.",
                images=int(sizes.max()),
            ),
            advice=say(
                "Add images to the small classes, weight the classes in training, and judge by the figures of each "
                "class, not by the accuracy alone."
            ),
            figure=mark("images"),
            threshold=float(limit),
            **in_groups(sorted(groups, key=len), sizes[labels]),
        )
