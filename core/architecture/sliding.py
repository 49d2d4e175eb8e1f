"""Layers whose window slides over the map: convolutions and poolings."""

from collections.abc import Sequence
from dataclasses import replace

from core.architecture.layer import Obstacle, Repair, Shape
from core.architecture.maps import MapLayer
from core.architecture.receptive_field import ReceptiveField
from core.architecture.window import Padding, Window, height_and_width, largest_kernel, one_or_two
from core.message import Message, mark, say, times


class SlidingLayer(MapLayer):
    """A layer whose output has one position for each place of a window.

    A subclass has the field ``padding`` and names its window by `window_field`.
    """

    def sliding_windows(self) -> tuple[Window, Window]:
        """The window down and to the right."""
        raise NotImplementedError

    def output_channels(self, input_shape: Shape) -> int:
        return input_shape[2]

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.positions(input_shape), self.output_channels(input_shape))

    def size_formulas(self, input_shape: Shape) -> tuple[tuple[str, str], ...]:
        down, right = self.sliding_windows()
        return (
            (mark("height"), down.formula(input_shape[0])),
            (mark("width"), right.formula(input_shape[1])),
            (mark("channels"), f"{self.output_channels(input_shape):,}"),
        )

    def windows(self, input_shape: Shape, axis: int) -> Sequence[range] | None:
        return self.sliding_windows()[axis].covers(input_shape[axis])

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        seen = super().field_behind(field, input_shape)
        if field.reach is None:
            return seen
        down, right = (
            reach.through(window.span, window.stride)
            for reach, window in zip(field.reach, self.sliding_windows(), strict=True)
        )
        return replace(seen, reach=(down, right))

    def positions(self, input_shape: Shape) -> tuple[int, int]:
        """At how many places the window stands, down and to the right."""
        down, right = self.sliding_windows()
        return down.positions(input_shape[0]), right.positions(input_shape[1])

    def too_large(self, input_shape: Shape, field: str) -> Obstacle | None:
        """The obstacle of a window that is larger than its input while padding is valid; ``field`` holds its size."""
        if min(self.positions(input_shape)) >= 1:
            return None
        windows = self.sliding_windows()
        size = (windows[0].size, windows[1].size)
        down, right = (largest_kernel(input_shape[axis], windows[axis].dilation) for axis in (0, 1))
        smaller = self._resized(field, (min(size[0], down), min(size[1], right)))
        if max(window.dilation for window in windows) == 1:
            return self._does_not_fit(field, size, input_shape, smaller)
        undilated = self.changed(dilation_rate=1)
        closer = (
            (Repair(say("Set dilation_rate to 1"), (undilated,)),)
            if undilated.obstacle_on_map(input_shape) is None
            else ()
        )
        span = (windows[0].span, windows[1].span)
        return self._does_not_fit(say("dilated kernel"), span, input_shape, *closer, smaller)

    def _resized(self, field: str, size: tuple[int, int]) -> Repair:
        changed = self.changed(**{field: one_or_two(size)})
        return Repair(say("Set {name} to {size}", name=field, size=times(size)), (changed,))

    def _does_not_fit(
        self, name: str | Message, window: tuple[int, int], input_shape: Shape, *smaller: Repair
    ) -> Obstacle:
        message = say(
            "The {name} of {window} is larger than the input of {size}, and valid padding adds nothing around it.",
            name=name,
            window=times(window),
            size=times(input_shape[:2]),
        )
        padded = Repair(say("Set padding to same"), (self.changed(padding="same"),))
        removed = Repair(say("Remove this {kind}", kind=self.kind), ())
        return Obstacle(message, (*smaller, padded, removed)[:3])


def windows_of(
    size: int | tuple[int, int],
    strides: int | tuple[int, int],
    padding: Padding,
    dilation_rate: int | tuple[int, int] = 1,
) -> tuple[Window, Window]:
    """The windows down and to the right from Keras's arguments."""
    sizes, steps, dilations = height_and_width(size), height_and_width(strides), height_and_width(dilation_rate)
    down, right = (Window(sizes[axis], steps[axis], padding, dilations[axis]) for axis in (0, 1))
    return down, right
