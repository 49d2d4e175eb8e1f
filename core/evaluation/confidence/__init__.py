"""What a confidence is worth, and from which one on an answer is given."""
