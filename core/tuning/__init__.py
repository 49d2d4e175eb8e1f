"""Searching for good settings: trials are ordinary runs, and Optuna says which settings are tried next.

What screens need to choose a space and to begin a search comes without Optuna; only what speaks with it imports it.
"""

from core.tuning.placing import recipe_with
from core.tuning.searches import Search
from core.tuning.space import Choices, Range, SearchSpace
from core.tuning.suggestions import Suggestion, suggestions

__all__ = ["Choices", "Range", "Search", "SearchSpace", "Suggestion", "recipe_with", "suggestions"]
