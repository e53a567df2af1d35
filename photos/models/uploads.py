"""The files that wait to become photos."""

import uuid

from django.db import models
from django.db.models import Q

from lib import clock
from lib.database import RandomUUID
from photos.choices import UploadStatus
from photos.models.photo import Photo
from photos.querysets import IncomingUploadQuerySet


class IncomingUpload(models.Model):
    """A file that was handed in and waits for the worker to look at it.

    Not in the schema, which has no place for bytes that are not yet known to be a picture: the photo row exists only
    once the file has been decoded. The row goes from received to accepted, duplicate or refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    original_name = models.TextField()
    path = models.TextField(blank=True)
    file_size = models.BigIntegerField()
    checksum = models.TextField()
    modified_at = models.DateTimeField(null=True, blank=True)
    status = models.TextField(choices=UploadStatus, default=UploadStatus.RECEIVED)
    reason = models.TextField(default="", blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    attempts = models.SmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = IncomingUploadQuerySet.as_manager()

    class Meta:
        db_table = "incoming_uploads"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=UploadStatus.values), name="incoming_upload_status_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(status=UploadStatus.RECEIVED), name="idx_incoming_uploads_received"
            ),
        ]

    def __str__(self) -> str:
        return self.original_name
