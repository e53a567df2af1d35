"""Management of albums."""
