"""The shapes through a list of layers and nothing else: quick enough to try a repair out before it is offered."""

from collections.abc import Iterator, Sequence

from core.architecture.layer import Layer, Shape


def steps(layers: Sequence[Layer], image_shape: Shape) -> Iterator[tuple[Layer, Shape]]:
    """Each enabled layer with the shape of its input, up to the first that cannot work, which is left out."""
    shape = image_shape
    for layer in layers:
        if layer.disabled:
            continue
        if layer.obstacle(shape):
            return
        yield layer, shape
        shape = layer.output_shape(shape)


def positions_left(layers: Sequence[Layer], image_shape: Shape) -> int:
    """How many enabled layers stand from the first that cannot work to the end; 0 where all can."""
    return sum(not layer.disabled for layer in layers) - sum(1 for _ in steps(layers, image_shape))


def work(layers: Sequence[Layer], image_shape: Shape) -> bool:
    """Whether Keras accepts all of ``layers``."""
    return positions_left(layers, image_shape) == 0


def is_wide_map(shape: Shape) -> bool:
    """Whether it is a map of more than one position."""
    return len(shape) == 3 and shape[0] * shape[1] > 1
