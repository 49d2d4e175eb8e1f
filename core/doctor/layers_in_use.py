"""Which layers a net is trained with."""

from collections.abc import Sequence

from core.architecture import Layer, Residual


def uses(layers: Sequence[Layer], name: str) -> bool:
    """Whether a layer that is not disabled, of whatever depth, has ``name`` in its kind: ``Dropout`` is in two."""
    return any(
        uses(layer.layers, name) if isinstance(layer, Residual) else name in layer.kind
        for layer in layers
        if not layer.disabled
    )
