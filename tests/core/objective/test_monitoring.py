"""What watches the validation figures: Keras's own callbacks are the oracle."""

import inspect

import keras
import pytest
from pydantic import ValidationError

from core.objective import FRESH_EARLY_STOPPING, FRESH_REDUCE_ON_PLATEAU, EarlyStopping, ReduceLROnPlateau
from core.objective.monitoring import Monitoring

MODES = {"val_loss": "min", "val_accuracy": "max"}


@pytest.mark.parametrize("kind", [EarlyStopping, ReduceLROnPlateau])
def test_arguments_are_those_of_the_callback_of_keras(kind: type[Monitoring]) -> None:
    in_keras = inspect.signature(getattr(keras.callbacks, kind.__name__)).parameters
    arguments = kind().keras_arguments()

    assert arguments == {name: in_keras[name].default for name in arguments}


@pytest.mark.parametrize("kind", [EarlyStopping, ReduceLROnPlateau])
def test_it_and_its_fields_are_described(kind: type[Monitoring]) -> None:
    assert kind.summary.endswith(".")
    assert [name for name, field in kind.model_fields.items() if not (field.description or "").endswith(".")] == []


STOPPINGS = [
    EarlyStopping(),
    EarlyStopping(patience=1),
    EarlyStopping(monitor="val_accuracy", patience=3),
    EarlyStopping(start_from_epoch=4),
    EarlyStopping(patience=2, start_from_epoch=4),
    FRESH_EARLY_STOPPING,
]


@pytest.mark.parametrize("stopping", STOPPINGS, ids=repr)
def test_the_earliest_end_is_that_of_keras(stopping: EarlyStopping) -> None:
    callback = keras.callbacks.EarlyStopping(**stopping.keras_arguments(), mode=MODES[stopping.monitor])
    model = _model_watched_by(callback)

    for epoch in range(20):
        callback.on_epoch_end(epoch, {stopping.monitor: 0.5})
        assert model.stop_training is (epoch + 1 >= stopping.earliest_end)


LOWERINGS = [
    ReduceLROnPlateau(),
    ReduceLROnPlateau(patience=0),
    ReduceLROnPlateau(patience=1, monitor="val_accuracy"),
    FRESH_REDUCE_ON_PLATEAU,
]


@pytest.mark.parametrize("lowering", LOWERINGS, ids=repr)
def test_the_earliest_lowering_is_that_of_keras(lowering: ReduceLROnPlateau) -> None:
    callback = keras.callbacks.ReduceLROnPlateau(**lowering.keras_arguments(), mode=MODES[lowering.monitor])
    model = _model_watched_by(callback)

    for epoch in range(lowering.earliest):
        assert float(model.optimizer.learning_rate.numpy()) == 1.0
        callback.on_epoch_end(epoch, {lowering.monitor: 0.5})

    assert float(model.optimizer.learning_rate.numpy()) == pytest.approx(lowering.factor)


def _model_watched_by(callback: keras.callbacks.Callback) -> keras.Model:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=1.0), loss="mse")
    model.stop_training = False
    callback.set_model(model)
    callback.on_train_begin()
    return model


OUT_OF_BOUNDS = [
    (EarlyStopping, {"monitor": "loss"}),
    (EarlyStopping, {"patience": -1}),
    (EarlyStopping, {"min_delta": -0.1}),
    (ReduceLROnPlateau, {"factor": 1.0}),
    (ReduceLROnPlateau, {"factor": 0.0}),
    (ReduceLROnPlateau, {"min_lr": -1.0}),
]


@pytest.mark.parametrize(("kind", "arguments"), OUT_OF_BOUNDS)
def test_it_refuses_what_is_out_of_bounds(kind: type[Monitoring], arguments: dict) -> None:
    with pytest.raises(ValidationError):
        kind(**arguments)
