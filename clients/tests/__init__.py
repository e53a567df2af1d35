"""Tests against a small real HTTP server that plays recorded answers."""
