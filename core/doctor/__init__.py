"""The curve doctor: reads what a run has measured and says what it sees, with the evidence."""

from core.doctor.case import Case
from core.doctor.diagnosis import diagnose
from core.doctor.finding import Control, Finding

__all__ = ["Case", "Control", "Finding", "diagnose"]
