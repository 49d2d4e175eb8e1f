"""What the view through the epochs shows of an earlier epoch."""
