"""What a person can do with a run: stop, pause and continue it, steer it, move it in the queue, take it up anew."""

from core.runs.again import repeat, train_further
from core.runs.going_on import go_on
from core.runs.order import move
from core.runs.requests import change_learning_rate, request_pause, request_stop

__all__ = [
    "change_learning_rate",
    "go_on",
    "move",
    "repeat",
    "request_pause",
    "request_stop",
    "train_further",
]
