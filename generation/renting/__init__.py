"""Renting a GPU for work: asking before money is spent, stopping when nobody needs it, and what the work cost."""
