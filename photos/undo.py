"""The way back from what was done to some photos: remembered in the owner's session, for a while."""

import secrets
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import models

KEPT = 10


class Act(models.TextChoices):
    """What can be taken back, and what taking it back is."""

    TRASH = "trash", "Back from the trash"
    RESTORE = "restore", "In the trash again"
    FAVOURITE = "favourite", "No longer favourites"
    UNFAVOURITE = "unfavourite", "Favourites again"


def remember(session: SessionBase, act: Act, photos: list[UUID]) -> str:
    """Keep what was done to which photos; return the token that undoes it. Only the latest few are kept."""
    token = secrets.token_urlsafe(9)
    latest = dict(list(session.get("undo", {}).items())[1 - KEPT :])
    session["undo"] = {**latest, token: {"act": act.value, "photos": [str(pk) for pk in photos]}}
    return token


def recall(session: SessionBase, token: str) -> tuple[Act, list[UUID]] | None:
    """Return what ``token`` stands for and forget it; None when it was used or is too old."""
    kept = session.get("undo", {})
    done = kept.pop(token, None)
    session["undo"] = kept
    return (Act(done["act"]), [UUID(pk) for pk in done["photos"]]) if done else None
