"""What the brick diagram says in words."""

from collections.abc import Iterable

from core.architecture import Readout, Shape, Summary
from core.architecture.naming import number
from core.message import times
from core.problem import Problem
from ui.bricks.scene import Brick, Scene
from ui.layer_settings import settings
from ui.text import _, ngettext, translate


def title(brick: Brick, image: Shape, problems: Iterable[Problem]) -> str:
    """``3 Conv2D 64 filters · 3 × 3 · relu: 12 × 12 × 32 → 10 × 10 × 64``."""
    readout = brick.piece.readout
    if readout is None:
        word = _("Image")
        return f"{word}: {times(image)}"
    name = " ".join(filter(None, (number(readout.place), readout.layer.kind, settings(readout.layer))))
    at_fault = next((problem for problem in problems if problem.place == readout.place), None)
    return f"{name}: {translate(at_fault.message) if at_fault else _what_it_does(readout)}"


def sentence(summary: Summary, image: Shape) -> str:
    """What the diagram shows, in one sentence."""
    count = sum(not readout.layer.disabled for readout in summary.readouts)
    if summary.output_shape is None:
        text = ngettext(
            "The net as bricks: {count} layer on an image of {image}; what comes out is not known yet.",
            "The net as bricks: {count} layers on an image of {image}; what comes out is not known yet.",
            count,
        )
        return text.format(count=count, image=times(image))
    text = ngettext(
        "The net as bricks: {count} layer makes an output of {output} from an image of {image}.",
        "The net as bricks: {count} layers make an output of {output} from an image of {image}.",
        count,
    )
    return text.format(count=count, image=times(image), output=times(summary.output_shape))


def scale(scene: Scene, pixels: int, channels: int) -> str:
    """What the corner in the legend measures."""
    measured = _("The corner is {pixels} pixels high and wide and {channels} channels long.").format(
        pixels=f"{pixels:,}", channels=f"{channels:,}"
    )
    if not any(brick.is_cut for brick in scene.bricks):
        return measured
    cut = _("A brick with a cut is longer than drawn.")
    return f"{measured} {cut}"


def _what_it_does(readout: Readout) -> str:
    if readout.layer.disabled:
        return _("switched off, the net does without it")
    if readout.input_shape is None or readout.output_shape is None:
        return _("its output is not known, because another layer has a problem")
    return f"{times(readout.input_shape)} → {times(readout.output_shape)}"
