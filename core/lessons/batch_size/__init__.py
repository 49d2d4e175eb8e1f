"""The batch size: updates per epoch, noise, time."""
