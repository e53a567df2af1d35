"""Closed sets of words in the settings."""

from django.db import models


class BackendMode(models.TextChoices):
    """Where pictures are made."""

    LOCAL = "local", "My own GPU"
    REMOTE = "remote", "Rented pod"
