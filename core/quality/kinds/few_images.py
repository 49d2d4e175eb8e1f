"""Classes of which there are too few images to learn from, or to judge by."""

from core.message import Message, mark, say, say_count
from core.quality.finding import Finding, in_groups
from core.quality.inspected import Inspected, groups_of
from core.quality.kinds.class_sizes import class_sizes
from core.quality.kinds.kind import Kind

FEWEST = 20
"""Of each class. 15 % of it, the usual share of a test set, is 3 images."""

FEWEST_WITH_NUMBERS = 50
"""Of a dataset whose images have a number each."""


class FewImages(Kind):
    """A group for each class; one for all where numbers are to be predicted."""

    name = "few_images"

    def find(self, inspected: Inspected) -> Finding | None:
        sizes = class_sizes(inspected)
        fewest = FEWEST if inspected.class_names else FEWEST_WITH_NUMBERS
        labels = inspected.images["label"].to_numpy()
        groups = groups_of(labels, (sizes < fewest).nonzero()[0])
        if not groups:
            return None
        return Finding(
            kind=self.name,
            title=_title(len(groups)) if inspected.class_names else say("There are few images"),
            explanation=say(
                "Under {fewest} images show too little of what there is, and the few that fall into the test set say "
                "hardly anything: each is a large share of the figure.",
                fewest=fewest,
            ),
            advice=say("Add images. Until then, augmentation helps a little with training, not with judging."),
            figure=mark("images"),
            threshold=float(fewest),
            **in_groups(sorted(groups, key=len), sizes[labels]),
        )


def _title(count: int) -> Message:
    return say_count("{count:,} class has few images", "{count:,} classes have few images", count=count)
