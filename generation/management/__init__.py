"""Commands, grouped as Django wants."""
