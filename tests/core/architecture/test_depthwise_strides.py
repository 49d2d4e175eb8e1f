"""Unequal strides of depthwise kernels, against TensorFlow without oneDNN, which not every processor has."""

import os
import subprocess
import sys

from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.separable_conv2d import SeparableConv2D

STRIDES_AND_DILATIONS = [
    (1, 1),
    (2, 1),
    ((2, 1), 1),
    ((1, 3), 1),
    (1, (1, 2)),
    (1, (3, 2)),
    ((2, 1), (1, 2)),
    ((1, 3), 2),
    (2, (2, 1)),
]

IN_KERAS = """
import keras, numpy, tensorflow
for strides, dilation_rate in {cases}:
    for layer in (
        keras.layers.DepthwiseConv2D(3, strides=strides, dilation_rate=dilation_rate, padding="same"),
        keras.layers.SeparableConv2D(2, 3, strides=strides, dilation_rate=dilation_rate, padding="same"),
    ):
        try:
            layer(numpy.ones((2, 9, 8, 3), "float32"))
            print("accepted")
        except tensorflow.errors.InvalidArgumentError:
            print("refused")
"""


def test_unequal_strides_are_an_obstacle_exactly_where_tensorflow_refuses_them() -> None:
    environment = os.environ | {"TF_ENABLE_ONEDNN_OPTS": "0"}
    code = IN_KERAS.format(cases=STRIDES_AND_DILATIONS)
    answers = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    expected = []
    for strides, dilation_rate in STRIDES_AND_DILATIONS:
        depthwise = DepthwiseConv2D(kernel_size=3, strides=strides, dilation_rate=dilation_rate, padding="same")
        separable = SeparableConv2D(
            filters=2, kernel_size=3, strides=strides, dilation_rate=dilation_rate, padding="same"
        )
        expected += ["refused" if layer.obstacle((9, 8, 3)) else "accepted" for layer in (depthwise, separable)]
    assert answers.stdout.split() == expected
    assert "refused" in expected
