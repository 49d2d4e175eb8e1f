"""What a person decides about the answers of a run: the threshold, and when it says that it does not know."""
