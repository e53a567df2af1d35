"""Commands of links."""
