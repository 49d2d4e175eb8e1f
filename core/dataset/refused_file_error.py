"""One file that cannot be used: the others can."""

from core.errors import DatasetError


class RefusedFileError(DatasetError):
    """Carries the reason; the intake puts it into the table of refused files and goes on."""
