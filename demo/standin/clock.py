"""Times as InvokeAI writes them."""

from datetime import UTC, datetime


def stamp() -> str:
    """Return now as UTC text without a zone, to the millisecond."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
