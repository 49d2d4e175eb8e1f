"""How the receptive field of a layer comes about, written out for a person."""

from dataclasses import dataclass

from core.architecture.readout import Readout
from core.architecture.receptive_field import Reach
from core.architecture.sliding import SlidingLayer
from core.architecture.window import Window
from core.message import Message, mark, say


@dataclass(frozen=True)
class FieldFormula:
    """``name`` is the axis, in English, to be translated: height, width, or both. ``cut`` says what the image leaves of
    the result, where it ends before."""

    name: str
    formula: str
    cut: Message | None = None


def field_formulas(readout: Readout) -> tuple[FieldFormula, ...]:
    """For each axis: field before + (span of the window − 1) × step between neighbouring inputs, in pixels of the
    image, such as ``6 + (3 − 1) × 2 = 10``; one for both axes where they agree.

    Empty where no window slides, and where neighbouring inputs have no one step, as behind up-sampling. Source: Araujo,
    Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019, equation 2.
    """
    before, seen, layer = readout.input_field, readout.receptive_field, readout.layer
    if not isinstance(layer, SlidingLayer) or layer.disabled or before is None or before.reach is None or seen is None:
        return ()
    height, width = (
        FieldFormula(name, *_written_out(reach, window, pixels))
        for name, reach, window, pixels in zip(
            (mark("height"), mark("width")), before.reach, layer.sliding_windows(), seen, strict=True
        )
    )
    if (height.formula, height.cut) == (width.formula, width.cut):
        return (FieldFormula(mark("height and width"), height.formula, height.cut),)
    return height, width


def _written_out(before: Reach, window: Window, seen: int) -> tuple[str, Message | None]:
    """The formula, and what is left of its result where only ``seen`` pixels are."""
    result = before.through(window.span, window.stride).size
    formula = f"{before.size:,} + ({window.span:,} − 1) × {before.step:,} = {result:,}"
    return formula, say("cut to {pixels:,} by the image", pixels=seen) if seen < result else None
