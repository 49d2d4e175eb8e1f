"""The learning rate: too low, right, too high."""
