"""Rented pods: their life as a state machine, and what they cost."""
