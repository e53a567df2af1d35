"""From the owner's wish to a step: what a request offers, begins with and grows from."""
