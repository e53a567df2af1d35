"""Bringing in what a server has already."""
