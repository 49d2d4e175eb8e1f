import pytest

from core.architecture import FRESH, Residual
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.relu import ReLU
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.regularizers import L1, L1L2, L2
from ui.layer_settings import settings

OF_FRESH = {
    "Conv2D": "32 filters · 3 × 3 · relu",
    "SeparableConv2D": "32 filters · 3 × 3 · relu",
    "DepthwiseConv2D": "3 × 3 · relu",
    "MaxPooling2D": "2 × 2",
    "AveragePooling2D": "2 × 2",
    "GlobalAveragePooling2D": "",
    "GlobalMaxPooling2D": "",
    "Dense": "64 units · relu",
    "Flatten": "",
    "Residual": "2 layers · relu",
    "ZeroPadding2D": "padding 1",
    "UpSampling2D": "2 × 2",
    "Activation": "relu",
    "LeakyReLU": "",
    "ReLU": "",
    "ELU": "",
    "Softmax": "",
    "Dropout": "rate 0.25",
    "SpatialDropout2D": "rate 0.25",
    "BatchNormalization": "",
    "LayerNormalization": "",
}

CONVOLUTION = Conv2D(filters=8, kernel_size=3)
SPECIAL = [
    (Conv2D(filters=1024, kernel_size=(3, 5), strides=2, padding="same"), "1,024 filters · 3 × 5 · strides 2 · same"),
    (CONVOLUTION.changed(dilation_rate=(1, 2)), "8 filters · 3 × 3 · dilation_rate 1 × 2"),
    (CONVOLUTION.changed(use_bias=False, groups=4), "8 filters · 3 × 3 · groups 4 · no use_bias"),
    (CONVOLUTION.changed(kernel_regularizer=L2(l2=0.0001)), "8 filters · 3 × 3 · L2 0.0001"),
    (Dense(units=2, kernel_regularizer=L1(l1=1e-6)), "2 units · L1 1e-06"),
    (Dense(units=2, kernel_regularizer=L1L2(l1=0.5, l2=2.0)), "2 units · L1L2 0.5 2"),
    (AveragePooling2D(pool_size=(2, 3), strides=1, padding="same"), "2 × 3 · strides 1 · same"),
    (UpSampling2D(size=3, interpolation="bilinear"), "3 × 3 · interpolation bilinear"),
    (ZeroPadding2D(padding=0), "padding 0"),
    (ZeroPadding2D(padding=(1, 2)), "padding 1 2"),
    (ZeroPadding2D(padding=((1, 2), (3, 4))), "padding 1 2 3 4"),
    (ReLU(max_value=6.0), "max_value 6.0"),
    (LeakyReLU(negative_slope=0.01), "negative_slope 0.01"),
    (BatchNormalization(momentum=0.9, center=False), "no center · momentum 0.9"),
    (Residual(layers=(CONVOLUTION, CONVOLUTION.changed(disabled=True)), projection=False), "1 layer · no projection"),
    (Residual(layers=()), "0 layers"),
    (CONVOLUTION.changed(disabled=True), "8 filters · 3 × 3"),
]


@pytest.mark.parametrize("kind", FRESH)
def test_a_fresh_layer_tells_what_it_is_by_more_than_its_kind(kind):
    assert settings(FRESH[kind]) == OF_FRESH[kind]


@pytest.mark.parametrize(("layer", "expected"), SPECIAL)
def test_what_differs_from_the_defaults_is_told(layer, expected):
    assert settings(layer) == expected
