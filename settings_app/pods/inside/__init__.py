"""What runs inside a pod; sent there as text, so it stands alone."""
