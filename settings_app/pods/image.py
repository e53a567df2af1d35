"""The container image a pod runs. The one place that names where it comes from."""

DEFAULT_IMAGE = "ghcr.io/invoke-ai/invokeai:v6.13.8-cuda"


def default_image() -> str:
    """Return the image a new library rents pods with: a fixed release, which RunPod's machines can keep."""
    return DEFAULT_IMAGE
