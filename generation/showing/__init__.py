"""What the studio and the activity page show, in words and rows."""
