"""What the studio and the activity page answer."""
