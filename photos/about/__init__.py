"""What a photo's page tells of it."""
