"""The activations that a layer can end with, by their Keras names. Source: https://keras.io/api/layers/activations/"""

from typing import Literal

ActivationName = Literal[
    "linear",
    "relu",
    "leaky_relu",
    "gelu",
    "silu",
    "elu",
    "selu",
    "tanh",
    "sigmoid",
    "softmax",
    "celu",
    "exponential",
    "hard_shrink",
    "hard_sigmoid",
    "hard_silu",
    "hard_tanh",
    "log_sigmoid",
    "log_softmax",
    "mish",
    "relu6",
    "soft_shrink",
    "softplus",
    "softsign",
    "sparse_plus",
    "sparse_sigmoid",
    "sparsemax",
    "squareplus",
    "tanh_shrink",
]
"""The usual ones first. Left out are Keras's ``glu``, which halves the channels, and ``threshold``, which has no values
of its own for what it needs and so fails by its name."""
