"""Loss, optimizer and course of a training, and whether they agree with the net and its labels."""

from core.objective.agreement import output_problems
from core.objective.beginning import beginnings
from core.objective.losses import LOSSES, LossName, label_encoding
from core.objective.optimizers import OPTIMIZERS, Adam, AnyOptimizer, Optimizer
from core.objective.output import fitting_output, with_fitting_output
from core.objective.training import Training

__all__ = [
    "LOSSES",
    "OPTIMIZERS",
    "Adam",
    "AnyOptimizer",
    "LossName",
    "Optimizer",
    "Training",
    "beginnings",
    "fitting_output",
    "label_encoding",
    "output_problems",
    "with_fitting_output",
]
