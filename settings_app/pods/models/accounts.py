"""Our own login in a rented InvokeAI."""

import secrets

from django.db import models


def new_password() -> str:
    """Return a password that satisfies every rule: length, small and capital letters, digits."""
    return f"Aa1-{secrets.token_urlsafe(24)}"


class RemoteAccount(models.Model):
    """The gallery's own account in a rented InvokeAI, without which anybody who guesses the address could use it.

    It lives in the database on the volume: one per network volume, else one per pod. Password and token are kept like
    the API key: never shown, never logged.
    """

    volume_id = models.TextField(null=True, unique=True, editable=False)
    email = models.TextField(default="gallery@example.org", editable=False)
    password = models.TextField(default=new_password, editable=False)
    token = models.TextField(default="", editable=False)
    token_expires_at = models.DateTimeField(null=True, editable=False)
    # When it was first used with success; until then the volume's first boot is still to come, which takes longer.
    proven_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "remote_accounts"

    def __str__(self) -> str:
        return self.volume_id or f"account {self.pk}"
