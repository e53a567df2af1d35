"""What workers do for links."""

from lib import clock
from sharing import ending


def tidy_links() -> None:
    """Forget what has long been closed."""
    ending.tidy(now=clock.now())
