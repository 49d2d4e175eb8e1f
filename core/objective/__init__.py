"""Loss, optimizer and course of a training, and whether they agree with the net and its labels."""

from core.objective.agreement import output_problems
from core.objective.beginning import beginnings
from core.objective.class_weights import ClassWeights, weights_of
from core.objective.losses import LOSSES, LossName, label_encoding
from core.objective.metrics import METRICS, MetricName
from core.objective.monitoring import (
    FRESH_EARLY_STOPPING,
    FRESH_REDUCE_ON_PLATEAU,
    EarlyStopping,
    Monitor,
    ReduceLROnPlateau,
)
from core.objective.optimizers import CLIPPINGS, OPTIMIZERS, Adam, AnyOptimizer, Optimizer
from core.objective.output import fitting_output, with_fitting_output
from core.objective.schedules import SCHEDULES, AnySchedule, Constant, Schedule
from core.objective.training import Training

__all__ = [
    "CLIPPINGS",
    "FRESH_EARLY_STOPPING",
    "FRESH_REDUCE_ON_PLATEAU",
    "LOSSES",
    "METRICS",
    "OPTIMIZERS",
    "SCHEDULES",
    "Adam",
    "AnyOptimizer",
    "AnySchedule",
    "ClassWeights",
    "Constant",
    "EarlyStopping",
    "LossName",
    "MetricName",
    "Monitor",
    "Optimizer",
    "ReduceLROnPlateau",
    "Schedule",
    "Training",
    "beginnings",
    "fitting_output",
    "label_encoding",
    "output_problems",
    "weights_of",
    "with_fitting_output",
]
