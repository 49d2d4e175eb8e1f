"""The process that measures how much the best trial of a search flatters itself.

``python -m core.evaluation.best_of_search.measuring_worker ID``
"""

from core.evaluation.best_of_search.measuring import find
from core.runs import analysis_work

if __name__ == "__main__":
    analysis_work.main(find)
