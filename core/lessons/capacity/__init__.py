"""Capacity: filters and depth, from underfitting to overfitting."""
