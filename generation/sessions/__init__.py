"""Sessions as trees: their steps, branches and names, and how they begin and end."""
