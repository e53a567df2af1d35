"""The order of a list of photos: its days, its months, and what lies beside a photo."""
