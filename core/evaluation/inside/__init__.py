"""What happens inside a net: the maps of its layers, its filters, its way through the epochs."""
