"""What a trained model says of images that are in no dataset."""
