"""The layers of the catalogue, one class in one file each."""
