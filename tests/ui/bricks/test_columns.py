import pytest

from core.architecture import Layer, summarize
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from tests.ui.bricks.nets import NESTED, conv, summary
from ui.bricks.columns import columns

IMAGE = (28, 28, 1)


def drawn(layers: tuple[Layer, ...]) -> list[str]:
    """Each column in short: ``volume`` for the image, ``volume 0`` for the first layer."""
    return [
        ", ".join(" ".join([piece.figure, *map(str, piece.place or ())]) for piece in column)
        for column in columns(summarize(layers, IMAGE), IMAGE)
    ]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((), ["volume"]),
        ((conv(8), MaxPooling2D()), ["volume", "volume 0", "volume 1"]),
        ((Flatten(), Dense(units=10)), ["volume", "volume 0", "volume 1"]),
        ((GlobalAveragePooling2D(),), ["volume", "volume 0"]),
        ((conv(8), BatchNormalization(), ReLU()), ["volume", "volume 0, plate 1, plate 2"]),
        ((Dropout(rate=0.5), conv(8)), ["volume, plate 0", "volume 1"]),
        ((conv(8), conv(8, disabled=True)), ["volume", "volume 0, plate 1"]),
        ((conv(8), NESTED.changed(disabled=True)), ["volume", "volume 0, plate 1"]),
        ((MaxPooling2D(pool_size=40), ReLU()), ["volume", "ghost 0", "ghost 1"]),
        (
            (conv(16), NESTED, ReLU(), BatchNormalization()),
            [
                "volume",
                "volume 0",
                "plate 1 0, plate 1 1",
                "volume 1 2 0",
                "volume 1 2 1 0",
                "sum 1 2 1",
                "sum 1 2",
                "volume 1 3",
                "sum 1",
                "plate 2, plate 3",
            ],
        ),
    ],
)
def test_layers_that_make_a_volume_stand_beside_each_other_and_others_on_what_they_change(layers, expected):
    assert drawn(layers) == expected


def test_only_the_layer_with_the_problem_is_to_blame():
    net, image = summary("a problem")
    blamed = [piece.place for column in columns(net, image) for piece in column if piece.has_problem]
    assert blamed == [(2,)]
