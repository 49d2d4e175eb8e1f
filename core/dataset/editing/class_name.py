"""Names of classes: those that are there, and those that may be given."""

import unicodedata

from core.dataset.store import Dataset
from core.errors import DatasetError
from core.message import say

LONGEST_CLASS_NAME = 80
_SEPARATORS = ("/", "\\")


def check_class(dataset: Dataset, class_name: str) -> None:
    """Raises DatasetError where ``dataset`` has no class of that name, or no classes at all."""
    check_has_classes(dataset)
    if class_name not in dataset.class_names:
        raise DatasetError(
            say(
                "There is no class {class_name} in {name}. Its classes are {classes}.",
                class_name=class_name,
                name=dataset.name,
                classes=", ".join(dataset.class_names),
            )
        )


def check_has_classes(dataset: Dataset) -> None:
    """Raises DatasetError where the images have numbers instead of classes."""
    if dataset.predicts_numbers:
        raise DatasetError(say("The images of {name} have numbers, not classes.", name=dataset.name))


def checked_class_name(class_name: str) -> str:
    """The name without space around it, its accents and syllables composed, as the names of folders are read.

    Raises DatasetError for a name that is empty, too long, or cannot be the name of a folder.
    """
    class_name = unicodedata.normalize("NFC", class_name).strip()
    if not class_name:
        raise DatasetError(
            say("The class needs a name. Give it one of up to {longest} characters.", longest=LONGEST_CLASS_NAME)
        )
    if len(class_name) > LONGEST_CLASS_NAME:
        raise DatasetError(
            say(
                "The name of the class has {length} characters; {longest} fit. Shorten it.",
                length=len(class_name),
                longest=LONGEST_CLASS_NAME,
            )
        )
    if any(separator in class_name for separator in _SEPARATORS) or not class_name.isprintable():
        raise DatasetError(
            say(
                "A class cannot be called {class_name}: a slash, a backslash or a line break cannot be in the name of "
                "a folder. Choose another name.",
                class_name=class_name,
            )
        )
    return class_name
