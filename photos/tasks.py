"""What workers do: an id in, nothing out."""

from uuid import UUID

from lib.queue import enqueue
from photos import expiring, sweeping
from photos.acts import acting
from photos.duplicates import finding
from photos.imaging import thumbnailing
from photos.intake import importing


def accept_upload(upload_id: str) -> None:
    """Decide about one upload."""
    importing.accept(UUID(upload_id))


def make_thumbnails(photo_id: str) -> None:
    """Make the small rendition of one photo, and ask for the large one where it helps."""
    thumbnailing.make_thumbnails(UUID(photo_id))


def make_more_thumbnails() -> None:
    """Go on with the thumbnails that are missing, after an import of thousands."""
    sweeping.nudge_thumbnails()


def make_large(photo_id: str) -> None:
    """Make the large rendition of one photo."""
    thumbnailing.make_large(UUID(photo_id))


def act(action_id: str) -> None:
    """Work for a while on something that is done to many photos."""
    acting.run(UUID(action_id))


def note_looks() -> None:
    """Read the fingerprints that are missing, and ask to go on while there are more."""
    if finding.note_missing() >= finding.CHUNK:
        enqueue(note_looks)


def sweep() -> None:
    """Find again what nobody is working on any more."""
    sweeping.sweep()


def purge_expired() -> None:
    """Purge what has been in the trash long enough, and ask to go on while there is more."""
    if expiring.purge_expired().count >= expiring.CHUNK:
        enqueue(purge_expired)
