"""Raised inside `core.dataset.notes` only."""


class UnknownStructureError(Exception):
    """The file is not built as its format says, so that notes in it cannot be told from pixels."""
