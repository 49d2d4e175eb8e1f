"""Judging a finished run on images that did not train it."""

from core.evaluation.evaluation import Evaluation
from core.evaluation.judge import Judged, evaluate, open_test, record_of, stored_evaluation
from core.evaluation.number_evaluation import NumberEvaluation
from core.evaluation.predict import predict

__all__ = [
    "Evaluation",
    "Judged",
    "NumberEvaluation",
    "evaluate",
    "open_test",
    "predict",
    "record_of",
    "stored_evaluation",
]
