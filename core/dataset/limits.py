"""How much is taken in at once, so that no archive can fill the disk or the memory."""

from dataclasses import dataclass

from core.errors import DatasetError
from core.message import Message, say

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """The most files in a source, bytes in one file, and bytes in all files together (unpacked)."""

    files: int = 200_000
    file_bytes: int = 64 * MEGABYTE
    total_bytes: int = 4096 * MEGABYTE

    def check_files(self, name: str, count: int) -> None:
        """Raises DatasetError if the source ``name`` holds too many files."""
        if count > self.files:
            raise DatasetError(
                say(
                    "{name} holds {count:,} files; at most {limit:,} can be taken in. Take fewer images.",
                    name=name,
                    count=count,
                    limit=self.files,
                )
            )

    def check_bytes(self, name: str, total_bytes: int) -> None:
        """Raises DatasetError if the source ``name`` is too large, counted unpacked."""
        if total_bytes > self.total_bytes:
            raise DatasetError(
                say(
                    "{name} unpacks to more than {limit:,} MB, which is the limit. Take fewer or smaller images.",
                    name=name,
                    limit=self.total_bytes // MEGABYTE,
                )
            )

    def reason_against(self, file_bytes: int) -> Message | None:
        """Why one file of ``file_bytes`` bytes is refused, or None."""
        if file_bytes <= self.file_bytes:
            return None
        return say(
            "The file has {size:,} MB; at most {limit:,} MB can be taken in. Make the image smaller.",
            size=-(-file_bytes // MEGABYTE),
            limit=self.file_bytes // MEGABYTE,
        )
