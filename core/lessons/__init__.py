"""Ready lessons on hyperparameters: a question each, a recipe and a space to search, and the answer of the search.

``python -m core tune core/lessons/NAME/recipe.yaml --space core/lessons/NAME/space.yaml --data SAMPLE --trials N``
makes the same trials.
"""
