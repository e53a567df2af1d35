"""Why the gallery does not start."""


class LaunchError(Exception):
    """One sentence for the owner: what is wrong, and what to do."""
