"""What a user can cause. Everything else that is raised is a bug and may crash."""

from core.message import Message


class LayerlabError(Exception):
    """Says what is wrong, where, what was received and what to do, in one sentence that can be translated."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class RecipeError(LayerlabError):
    """A recipe that cannot be read, or that cannot be trained as it stands."""


class DatasetError(LayerlabError):
    """Images that cannot be taken in, or a dataset that is not there."""


class RunError(LayerlabError):
    """A run that is not there, or is not in a state for what was asked."""


class ProjectError(LayerlabError):
    """A project that is not there, or cannot be changed as asked."""
