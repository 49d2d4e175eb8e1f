"""The net as bricks: each volume a block of height × width × channels, drawn to scale."""
