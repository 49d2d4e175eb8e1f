"""The lessons on hyperparameters: how they begin, and what they answer."""
