"""What is wrong with the images of a dataset, found before anything is trained on them."""
