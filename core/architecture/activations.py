"""The activations that a layer can end with, by their Keras names."""

from typing import Literal

ActivationName = Literal[
    "linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "sigmoid", "tanh", "softplus", "softmax"
]
