"""Closed sets of words about photos."""

from django.db import models


class RetrievalStatus(models.TextChoices):
    """How far a picture has come from the server that made it; uploads are complete at once."""

    PENDING = "pending", "Waiting to be fetched"
    FAILED = "failed", "Could not be fetched"
    COMPLETED = "completed", "Here"


class UploadStatus(models.TextChoices):
    """What became of a file that was handed in."""

    RECEIVED = "received", "Waiting to be looked at"
    ACCEPTED = "accepted", "In the library"
    DUPLICATE = "duplicate", "Already in the library"
    REFUSED = "refused", "Refused"


class Source(models.TextChoices):
    """Where a picture comes from, as the timeline's filter knows it."""

    PHOTOGRAPH = "photo", "Photographs"
    GENERATED = "generated", "Generated"
