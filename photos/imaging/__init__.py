"""Pixels: looking at them without trust, shrinking, turning and colouring them."""
