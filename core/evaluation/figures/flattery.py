"""What a test figure is worth, in words."""

from core.evaluation.figures.optimism import optimism
from core.message import Message, say, say_count
from core.runs.openings import SealRecord

NO_LARGEST = say(
    "By how much at most, nobody knows, for an error has no largest value: whatever was chosen in between fits these "
    "images better than others."
)

SOURCE = say("The bounds: Boucheron, Lugosi and Massart, 2013, theorem 2.5; Blum and Hardt, 2015.")


def flattery(record: SealRecord, *, has_accuracy: bool) -> Message | None:
    """What several openings have done to the figure, and by how much it can flatter; None up to the first one."""
    if record.count < 2:
        return None
    begun = say("Opened {count} times: the figure has begun to flatter.", count=record.count)
    if not has_accuracy:
        return say("{begun} {bound}", begun=begun, bound=NO_LARGEST)
    bound = optimism(record.count, record.images)
    return say(
        "{begun} On average over such test sets, who keeps the best of {count} models gains at most {choosing} points "
        "by luck alone, and who changed a model because of a figure at most {adapting}; a single case can be worse, "
        "and for who looked at mistakes and mended those no bound is known.",
        begun=begun,
        count=record.count,
        choosing=f"{100 * bound.by_choosing:.1f}",
        adapting=f"{100 * bound.by_adapting:.1f}",
    )


def seen_elsewhere(record: SealRecord) -> Message | None:
    """That some of the test images were opened under other splits; None where none was."""
    if not record.shown_elsewhere:
        return None
    return say_count(
        "{count} of these {images:,} test images was opened before, under another split.",
        "{count:,} of these {images:,} test images were opened before, under another split.",
        count=record.shown_elsewhere,
        images=record.images,
    )
