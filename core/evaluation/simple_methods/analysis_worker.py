"""The process that trains baselines or looks for shortcuts.

``python -m core.evaluation.simple_methods.analysis_worker ID``
"""

from core.evaluation.simple_methods.findings import find
from core.runs import analysis_work

if __name__ == "__main__":
    analysis_work.main(find)
