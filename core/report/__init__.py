"""The lab report of a run: what is kept of it, as one page to print or a text in Markdown."""

from core.report.gaps import gaps
from core.report.kept import Kept
from core.report.report import Report, report_of
from core.report.to_html import to_html
from core.report.to_markdown import to_markdown

__all__ = ["Kept", "Report", "gaps", "report_of", "to_html", "to_markdown"]
