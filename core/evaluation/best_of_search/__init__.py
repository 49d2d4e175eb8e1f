"""By how much the best trial of a search flatters itself, measured on what all its trials answer."""
