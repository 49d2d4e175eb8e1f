"""Figures with what they can mean: intervals from images drawn anew, per class and over all classes."""
