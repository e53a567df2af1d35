"""What workers do: an id in, nothing out."""

from uuid import UUID

from photos import importing, sweeping, thumbnailing


def accept_upload(upload_id: str) -> None:
    """Decide about one upload."""
    importing.accept(UUID(upload_id))


def make_thumbnails(photo_id: str) -> None:
    """Make the small rendition of one photo, and ask for the large one where it helps."""
    thumbnailing.make_thumbnails(UUID(photo_id))


def make_large(photo_id: str) -> None:
    """Make the large rendition of one photo."""
    thumbnailing.make_large(UUID(photo_id))


def sweep() -> None:
    """Find again what nobody is working on any more."""
    sweeping.sweep()
