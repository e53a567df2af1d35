"""The owner's door: claiming the library, coming in, going out, changing the password."""
