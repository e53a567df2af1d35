"""Finding photos: the words and terms of a search, from the box to the rows."""
