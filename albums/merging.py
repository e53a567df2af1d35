"""When a picture that was waited for turns out to be one the library has, that one takes its places in albums."""

from uuid import UUID

from albums.taking_over import join


def follow(pending_id: UUID, kept_id: UUID) -> None:
    """Put one photo where the other was. Called inside the merge's transaction."""
    join([pending_id], kept_id)
