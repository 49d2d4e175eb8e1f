"""What is different between two recipes, field by field, in words."""

from core.recipe_changes.between import changes
from core.recipe_changes.change import Change, Concern, in_words

__all__ = ["Change", "Concern", "changes", "in_words"]
