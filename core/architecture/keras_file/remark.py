"""What there is to say about single layers of a file."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.message import Message, say

_LONGEST: Final = 60


@dataclass(frozen=True)
class Remark:
    """``subject`` is the layer, such as ``Conv2D 'conv1'``; ``reason`` a sentence about it."""

    subject: str
    reason: Message


def together(remarks: Iterable[Remark]) -> tuple[Message, ...]:
    """One message for each reason, which names all layers that it is said about."""
    groups: dict[str, list[Remark]] = {}
    for remark in remarks:
        groups.setdefault(str(remark.reason), []).append(remark)
    return tuple(_about(group) for group in groups.values())


def _about(group: Sequence[Remark]) -> Message:
    subjects = dict.fromkeys(remark.subject for remark in group)
    return say("{name}: {problem}", name=", ".join(subjects), problem=group[0].reason)


def joined(messages: Sequence[Message]) -> Message:
    """The messages, at least one, as one. They are halved and halved, so that many of them do not nest deeply."""
    if len(messages) == 1:
        return messages[0]
    middle = len(messages) // 2
    return say("{first} {second}", first=joined(messages[:middle]), second=joined(messages[middle:]))


def shown(value: Any) -> str:
    """A value of the file for a sentence: a text as it is, everything else as JSON, and nothing endless."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.encode("utf-8", "replace").decode()  # half a character cannot be shown
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
