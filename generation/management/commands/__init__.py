"""Commands of generating."""
