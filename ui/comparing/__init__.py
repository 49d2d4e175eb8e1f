"""What the screen Compare is made of."""
