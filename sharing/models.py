"""Shared links."""

import uuid

from django.db import models
from django.db.models import Q

from lib import clock
from lib.database import CurrentTimestamp, RandomUUID


class SharedLink(models.Model):
    """An address that shows one photo or one album to whoever has it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    photo = models.ForeignKey(
        "photos.Photo", on_delete=models.CASCADE, null=True, blank=True, related_name="shared_links"
    )
    album = models.ForeignKey(
        "albums.Album", on_delete=models.CASCADE, null=True, blank=True, related_name="shared_links"
    )
    access_key = models.TextField()
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    last_accessed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "shared_links"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["access_key"], name="shared_links_access_key_key"),
            models.CheckConstraint(
                condition=Q(photo__isnull=False, album__isnull=True) | Q(photo__isnull=True, album__isnull=False),
                name="share_target_check",
            ),
        ]
        indexes = [
            models.Index(fields=["access_key"], name="idx_shared_links_access_key"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="idx_shared_links_expires_at"
            ),
        ]

    def __str__(self) -> str:
        return f"Link to {self.photo or self.album}"
