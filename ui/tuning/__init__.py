"""What the Tune screen is made of: the form of a new search, and what a search has come to."""
