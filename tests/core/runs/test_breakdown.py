from core.message import Message, say
from core.runs.breakdown import breakdown, is_breakdown


def test_a_breakdown_is_known_again_from_the_database():
    kept = Message.from_json(breakdown(3, float("nan"), 10.0).to_json())
    assert is_breakdown(kept)
    assert str(kept) == (
        "The training broke down in epoch 3: the loss is not a finite number any more (received nan). "
        "The learning rate of 10 is probably too high: try 1."
    )


def test_other_messages_are_none():
    assert not is_breakdown(None)
    assert not is_breakdown(say("The disk is full, so the run's files could not be written."))
