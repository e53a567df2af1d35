"""Albums."""

import uuid

from django.db import models
from django.urls import reverse

from albums.querysets import AlbumPhotoQuerySet, AlbumQuerySet
from lib import clock
from lib.database import CurrentTimestamp, RandomUUID


class AlbumManager(models.Manager.from_queryset(AlbumQuerySet)):  # type: ignore[misc]
    """Leaves out what was deleted, so that nobody need remember to."""

    def get_queryset(self) -> AlbumQuerySet:
        """Return the albums that are there."""
        there: AlbumQuerySet = super().get_queryset()
        return there.filter(deleted_at=None)


class Album(models.Model):
    """A named selection of photos, in an order of its own.

    Added to the schema: ``deleted_at``, for a deleted album keeps its photos for a day, so that it can come back as it
    was; ``objects`` leaves it out. ``arrangement`` names the last time all photos were put in order, so that exactly
    that can be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    name = models.TextField()
    description = models.TextField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    updated_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    cover_photo = models.ForeignKey(
        "photos.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="covered_albums"
    )
    photos = models.ManyToManyField("photos.Photo", through="AlbumPhoto", related_name="albums")
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    arrangement = models.UUIDField(null=True, blank=True, editable=False)

    objects = AlbumManager()
    with_deleted = AlbumQuerySet.as_manager()

    class Meta:
        db_table = "albums"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the album's page."""
        return reverse("albums:album", args=[self.pk])


class AlbumPhoto(models.Model):
    """A photo's place in an album.

    The schema's composite key is a unique constraint here, beside Django's own key, so that the admin can edit it.
    Between the positions of neighbours there is room, so that moving one photo changes one row. The added
    ``former_position`` is where the photo stood before all were put in order.
    """

    album = models.ForeignKey(Album, on_delete=models.CASCADE, db_index=False)
    photo = models.ForeignKey("photos.Photo", on_delete=models.CASCADE)
    added_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    position = models.IntegerField(null=True, blank=True)
    former_position = models.IntegerField(null=True, blank=True, editable=False)

    objects = AlbumPhotoQuerySet.as_manager()

    class Meta:
        db_table = "album_photos"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["album", "photo"], name="album_photos_hold_a_photo_once")]
        indexes = [models.Index(fields=["album", "position"], name="idx_album_photos_position")]

    def __str__(self) -> str:
        return f"{self.photo_id} in {self.album_id}"
