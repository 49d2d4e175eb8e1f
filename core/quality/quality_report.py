"""All that was found wrong with a dataset."""

import json
from dataclasses import dataclass
from typing import Self

from core.quality.finding import Finding

VERSION = 1
"""To be raised when kinds of findings, measures or limits change: a report with another number is made anew."""


@dataclass(frozen=True)
class QualityReport:
    """The findings among ``images`` images, in the order of `core.quality.kinds.KINDS`; none of a kind that nothing
    was found of."""

    images: int
    findings: tuple[Finding, ...]

    def of(self, kind: str) -> Finding | None:
        """The finding of that kind, if there is one."""
        return next((finding for finding in self.findings if finding.kind == kind), None)

    def to_json(self) -> str:
        """The report as text for a file; `from_json` reads it back."""
        findings = [finding.to_json() for finding in self.findings]
        return json.dumps({"version": VERSION, "images": self.images, "findings": findings}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """None for a report of another version of Layerlab, which is to be made anew."""
        content = json.loads(text)
        if content["version"] != VERSION:
            return None
        return cls(content["images"], tuple(Finding.from_json(finding) for finding in content["findings"]))
