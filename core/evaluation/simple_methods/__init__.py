"""What can be had without a net: baselines from scikit-learn, and cues that give the class away."""
