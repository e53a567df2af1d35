"""The outside world in plain Python: HTTP becomes frozen dataclasses and four errors, and nothing here knows Django."""
