"""Shared links and what a visitor sees."""
