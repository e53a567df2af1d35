"""Closed sets of words about links."""

from enum import StrEnum

from django.db import models


class ShownPath(models.TextChoices):
    """What a link to a photo tells of the way from the first source to it."""

    NONE = "none", "Only the picture"
    PICTURES = "pictures", "The pictures it grew from"
    PROMPTS = "prompts", "Those pictures and every prompt"


class LinkState(models.TextChoices):
    """Whether a link works, and if not, why."""

    ACTIVE = "active", "Active"
    EMPTY = "empty", "Nothing to see"
    TRASHED = "trashed", "In the trash"
    EXPIRED = "expired", "Expired"
    REVOKED = "revoked", "Revoked"


class Wish(StrEnum):
    """Everything a visitor may ask for through a link. Each address of theirs is one of these."""

    PAGE = "page"
    PHOTO = "photo"
    GRID = "grid"
    LARGE = "large"
    PREVIEW = "preview"
    ORIGINAL = "original"
    ALL = "all"
