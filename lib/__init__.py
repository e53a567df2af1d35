"""Small plain pieces, each named for what it does. They know nothing of the gallery's apps."""
