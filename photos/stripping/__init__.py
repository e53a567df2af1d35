"""Copies of originals without what is written in them."""
