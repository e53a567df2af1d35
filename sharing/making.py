"""Making links, and changing what they show."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from albums.models import Album
from lib import clock
from photos.models import Photo
from sharing.choices import ShownPath
from sharing.models import SharedLink

# 256 bits, written in 43 characters.
KEY_BYTES = 32
NEVER = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a link shows, and to whom.

    Attributes:
        days: how long it works from now; ``NEVER`` ends never, None leaves its end as it is.
        password: a new one; empty takes it away, None leaves it as it is.
    """

    title: str = ""
    days: int | None = 30
    password: str | None = ""
    may_download: bool = False
    show_details: bool = False
    show_location: bool = False
    show_path: str = ShownPath.NONE


def new_key() -> str:
    """Return a key nobody can guess."""
    return secrets.token_urlsafe(KEY_BYTES)


def make(target: Photo | Album, rules: Rules) -> SharedLink:
    """Make a link to a photo or an album."""
    link = SharedLink(access_key=new_key())
    if isinstance(target, Photo):
        link.photo = target
    else:
        link.album = target
    _apply(link, rules)
    link.save(force_insert=True)
    return link


def change(link: SharedLink, rules: Rules) -> None:
    """Change what a link shows. Another password ends every visit that began with the old one."""
    changed = _apply(link, rules)
    SharedLink.objects.filter(pk=link.pk).update(**{name: getattr(link, name) for name in changed})


def _apply(link: SharedLink, rules: Rules) -> list[str]:
    link.title = rules.title
    link.may_download, link.show_details = rules.may_download, rules.show_details
    link.show_location = rules.show_location and rules.show_details
    link.show_path = rules.show_path if link.photo_id else ShownPath.NONE
    changed = ["title", "may_download", "show_details", "show_location", "show_path"]
    if rules.password is not None:
        link.password = make_password(rules.password) if rules.password else ""
        changed.append("password")
    if rules.days is not None:
        link.expires_at = clock.now() + timedelta(days=rules.days) if rules.days != NEVER else None
        changed.append("expires_at")
    return changed
