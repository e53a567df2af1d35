"""Sessions, steps and alternatives; recipes to graphs; submitting, following and retrieving."""
