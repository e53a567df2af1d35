"""What the pages of templates and of lists of words answer."""
