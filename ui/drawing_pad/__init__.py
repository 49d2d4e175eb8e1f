"""A canvas to draw on, as one element on the page."""
