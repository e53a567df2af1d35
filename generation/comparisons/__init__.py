"""Pictures side by side, and how far apart they are."""
