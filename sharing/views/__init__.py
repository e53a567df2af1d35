"""What the owner and visitors open."""
