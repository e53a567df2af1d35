"""What workers do for links."""

from uuid import UUID

from lib import clock
from lib.queue import enqueue
from sharing import ending, measuring
from sharing.models import SharedLink


def tidy_links() -> None:
    """Forget what has long been closed."""
    ending.tidy(now=clock.now())


def measure_copies(link_id: str) -> None:
    """Measure some of what a link lets visitors download, and ask to go on if there is more."""
    link = SharedLink.objects.open(now=clock.now()).filter(pk=UUID(str(link_id)), may_download=True).first()
    if link and measuring.measure_some(link):
        enqueue(measure_copies, link_id)
