"""Paints landscapes and abstracts from a few words and a number. Same words and number, same picture."""
