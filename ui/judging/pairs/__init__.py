"""What the comparison of two runs is made of."""
