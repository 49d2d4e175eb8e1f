"""What the views of baselines and shortcuts are made of."""
