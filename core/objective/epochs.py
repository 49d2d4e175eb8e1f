"""How long a training can be."""

MOST_EPOCHS = 10_000
