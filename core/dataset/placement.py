"""What is known of each image before it is decoded: from its source, else from the folders that it lies in."""

from collections.abc import Sequence
from dataclasses import replace

from core.dataset.class_folders import part_folders, places
from core.dataset.sources.source import Known
from core.message import Message, say


def settle(paths: Sequence[str], known: Sequence[Known]) -> list[Known | Message]:
    """For every image all that is known of it, or why it cannot be used.

    Where any image has a number, every image needs one, and classes do not count. Otherwise an image whose source names
    no class is in that of its folder. The folders give a part to those whose source gives none to any image.
    """
    if any(each.value is not None for each in known):
        return [_with_value(each) for each in _in_part_folders(paths, known)]
    if all(each.class_name is not None for each in known):
        return list(_in_part_folders(paths, known))
    return _in_class_folders(paths, known)


def _with_value(known: Known) -> Known | Message:
    if known.value is None:
        return say("Other images have a number to predict; nothing gives this image one. Add it to the table.")
    return replace(known, class_name=None)


def _in_part_folders(paths: Sequence[str], known: Sequence[Known]) -> list[Known]:
    if any(each.part for each in known):
        return list(known)
    return [replace(each, part=part) for each, part in zip(known, part_folders(paths), strict=True)]


def _in_class_folders(paths: Sequence[str], known: Sequence[Known]) -> list[Known | Message]:
    unnamed = [position for position, each in enumerate(known) if each.class_name is None]
    has_parts = any(each.part for each in known)
    answers: list[Known | Message] = list(known)
    for position, place in zip(unnamed, places([paths[position] for position in unnamed]), strict=True):
        own = known[position]
        if place.class_name is None:
            answers[position] = say("The image is in no class folder. Put it into the folder of its class.")
        else:
            answers[position] = replace(own, class_name=place.class_name, part=own.part if has_parts else place.part)
    return answers
