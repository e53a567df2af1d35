"""Albums and the order of their photos."""
