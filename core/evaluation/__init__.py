"""Judging a finished run on images that did not train it."""

from core.evaluation.evaluation import Evaluation
from core.evaluation.judge import evaluate, stored_evaluation
from core.evaluation.predict import predict

__all__ = ["Evaluation", "evaluate", "predict", "stored_evaluation"]
