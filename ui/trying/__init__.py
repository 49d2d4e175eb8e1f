"""What the Try it screen shows: the ways in which images come to a trained net, and what it answers."""
