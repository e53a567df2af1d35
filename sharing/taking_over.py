"""Links to pictures that look alike: they lead to the one that is kept, and can be given back."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from lib import clock
from photos.extensions import Belonging
from sharing.choices import ShownPath
from sharing.models import SharedLink


def names(photos: list[UUID]) -> dict[UUID, list[str]]:
    """Return what the links to photos are called that work now."""
    found: dict[UUID, list[str]] = defaultdict(list)
    links = SharedLink.objects.running(now=clock.now()).filter(photo__in=photos).select_related("photo")
    for link in links.order_by("created_at"):
        if link.photo_id:
            found[link.photo_id].append(link.name)
    return found


def join(from_ids: list[UUID], into_id: UUID) -> list[list[str]]:
    """Lead the links of some photos to another one, closed ones too.

    They no longer show a path: the kept picture may have grown from others than those the owner agreed to show.
    """
    links = SharedLink.objects.filter(photo__in=from_ids)
    moved = [[str(pk), str(photo), path] for pk, photo, path in links.values_list("pk", "photo", "show_path")]
    links.update(photo=into_id, show_path=ShownPath.NONE)
    return moved


def part(into_id: UUID, done: Any) -> None:
    """Take back what ``join`` did, as far as it still stands."""
    for pk, photo, path in done or []:
        link = SharedLink.objects.filter(pk=pk, photo=into_id)
        link.filter(show_path=ShownPath.NONE).update(show_path=path)
        link.update(photo=photo)


def follow(pending_id: UUID, kept_id: UUID) -> None:
    """Lead links to the picture the library had already. Called inside the merge's transaction."""
    join([pending_id], kept_id)


LINKS = Belonging("Shared links", names, join, part)
