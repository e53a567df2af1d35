"""The settings, the server in use, and the door of the owner."""
