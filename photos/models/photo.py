"""One picture of the library."""

import uuid
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from lib import clock
from lib.database import CurrentTimestamp, RandomUUID
from photos.choices import RetrievalStatus
from photos.files import renditions
from photos.querysets import OPENED_AT_MOST_EACH, PhotoQuerySet


class Photo(models.Model):
    """One picture of the library: a photograph, or a picture made with InvokeAI.

    ``filename`` is our unique name (``<id>.<extension>``); the file itself is never altered. Paths are relative to
    their storage. A picture that is known but not fetched yet has ``file_size`` 0.

    Added to the schema: ``original_name`` (what people see and search), ``checksum`` (SHA-256, keeps bytes single),
    ``taken_at`` (the timeline's date: capture date, else creation), ``placeholder`` (a tiny picture as a data URI,
    shown until the thumbnail is here), ``is_favorite``, ``rating``, ``title``, ``description``, ``model_name`` (a
    model may leave the catalogue), ``server`` (whose ``invoke_id`` it is), ``metadata`` (camera and other facts
    read from the file, with the raw chunks), ``next_retrieval_at`` (when to try again; while a fetch runs, its
    lease), ``thumbnail_error``, ``thumbnail_attempts``, ``purged_at`` (the picture is gone, its row stays because
    others descend from it) and ``search_words`` (everything but the prompt that words find: title, description, file
    name, keywords, camera, model, albums; written by ``search.index``, so that one index serves all of it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    filename = models.TextField()
    width = models.IntegerField()
    height = models.IntegerField()
    file_size = models.BigIntegerField()
    mime_type = models.TextField()
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())

    is_generated = models.BooleanField(default=False, db_default=False)
    generation_prompt = models.TextField(null=True, blank=True)
    generation_negative_prompt = models.TextField(null=True, blank=True)
    generation_params = models.JSONField(null=True, blank=True)
    source_image = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="derived_photos"
    )

    invoke_id = models.TextField(null=True, blank=True)
    model_key = models.TextField(null=True, blank=True)

    last_accessed_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    local_storage_path = models.TextField(null=True, blank=True)
    local_thumbnail_path = models.TextField(null=True, blank=True)

    retrieval_status = models.TextField(
        choices=RetrievalStatus, default=RetrievalStatus.COMPLETED, db_default=RetrievalStatus.COMPLETED
    )
    retrieval_attempts = models.IntegerField(default=0, db_default=0)
    last_retrieval_attempt = models.DateTimeField(null=True, blank=True)
    retrieval_error = models.TextField(null=True, blank=True)

    original_name = models.TextField(default="", db_default="", blank=True)
    checksum = models.TextField(null=True, blank=True)
    taken_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    placeholder = models.TextField(default="", db_default="", blank=True)
    is_favorite = models.BooleanField(default=False, db_default=False)
    rating = models.SmallIntegerField(default=0, db_default=0, validators=[MinValueValidator(0), MaxValueValidator(5)])
    title = models.TextField(default="", db_default="", blank=True)
    description = models.TextField(default="", db_default="", blank=True)
    model_name = models.TextField(default="", db_default="", blank=True)
    server = models.TextField(default="", db_default="", blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    next_retrieval_at = models.DateTimeField(null=True, blank=True)
    thumbnail_error = models.TextField(default="", db_default="", blank=True)
    thumbnail_attempts = models.SmallIntegerField(default=0, db_default=0)
    purged_at = models.DateTimeField(null=True, blank=True)
    search_words = models.TextField(default="", db_default="", blank=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        db_table = "photos"
        constraints = [
            models.UniqueConstraint(fields=["filename"], name="photos_filename_key"),
            models.UniqueConstraint(fields=["checksum"], name="photos_checksum_is_unique"),
            models.UniqueConstraint(
                fields=["server", "invoke_id"],
                condition=Q(invoke_id__isnull=False),
                name="photos_come_once_from_a_server",
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photos_have_a_size"),
            models.CheckConstraint(condition=Q(file_size__gte=0), name="photos_file_size_is_not_negative"),
            models.CheckConstraint(condition=Q(rating__gte=0, rating__lte=5), name="photos_rating_is_0_to_5"),
            models.CheckConstraint(
                condition=Q(retrieval_status__in=RetrievalStatus.values), name="photos_retrieval_status_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["retrieval_status"],
                condition=~Q(retrieval_status=RetrievalStatus.COMPLETED),
                name="idx_photos_retrieval_status",
            ),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="idx_photos_deleted_at"),
            models.Index(fields=["invoke_id"], condition=Q(invoke_id__isnull=False), name="idx_photos_invoke_id"),
            # With the sizes in it, a question that few pictures answer reads no picture that does not.
            models.Index(
                fields=["-taken_at", "-id", "width", "height"],
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED),
                name="idx_photos_timeline",
            ),
            models.Index(
                fields=["-taken_at", "-id", "source_image"],
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED, source_image__isnull=False),
                name="idx_photos_with_parent",
            ),
            # What the timeline's filters walk, each in the timeline's order.
            models.Index(
                fields=["is_generated", "-taken_at", "-id"],
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED),
                name="idx_photos_by_source",
            ),
            models.Index(
                fields=["-taken_at", "-id"],
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED, is_favorite=True),
                name="idx_photos_favourites",
            ),
            # Most pictures have no rating, so those that have one are found at once.
            models.Index(fields=["rating"], condition=Q(rating__gt=0), name="idx_photos_rated"),
            # What large albums walk when they are sorted by name or rating.
            models.Index(
                Lower("original_name"),
                "id",
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED),
                name="idx_photos_by_name",
            ),
            models.Index(
                fields=["-rating", "-taken_at", "-id"],
                condition=Q(deleted_at=None, retrieval_status=RetrievalStatus.COMPLETED),
                name="idx_photos_by_rating",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name or self.filename

    def get_absolute_url(self) -> str:
        """Return the address of the photo's page."""
        return reverse("photos:photo", args=[self.pk])

    @property
    def ratio(self) -> float:
        """Width by height."""
        return round(self.width / self.height, 4)

    @property
    def is_here(self) -> bool:
        """Whether its bytes are in the library."""
        return self.retrieval_status == RetrievalStatus.COMPLETED and bool(self.local_storage_path)

    @property
    def in_trash(self) -> bool:
        """Whether the owner has thrown it away."""
        return self.deleted_at is not None

    def opened_lately(self, *, now: datetime) -> bool:
        """Whether it need not be noted that it is opened again."""
        return bool(self.last_accessed_at and self.last_accessed_at >= now - OPENED_AT_MOST_EACH)

    @property
    def is_displayable(self) -> bool:
        """Whether browsers show the original."""
        return self.mime_type in renditions.DISPLAYABLE

    @property
    def moves(self) -> bool:
        """Whether it is a film that browsers play, such as an animated GIF."""
        return self.mime_type in renditions.MOVING and bool(self.metadata.get("is_animated"))

    @property
    def original_url(self) -> str:
        """The address of the untouched file, or empty while it is not here."""
        if not (self.checksum and self.is_here):
            return ""
        return renditions.original_address(self.pk, self.checksum, self.filename)

    @property
    def download_url(self) -> str:
        """The address that saves the untouched file under its own name, or empty while it is not here."""
        return f"{self.original_url}?download" if self.original_url else ""

    @property
    def plain_download_url(self) -> str:
        """The address that saves a copy without metadata, or empty where there can be none."""
        return f"{self.original_url}?download&without" if self.mime_type in renditions.STRIPPABLE else ""

    @property
    def grid_url(self) -> str:
        """The address of something that shows the picture small: never empty.

        Until the thumbnail is made, that is the original if browsers show it, else the placeholder.
        """
        if self.local_thumbnail_path and self.checksum:
            return renditions.address(self.pk, self.checksum, renditions.GRID)
        return (self.is_displayable and self.original_url) or self.placeholder or renditions.BLANK

    @property
    def large_url(self) -> str:
        """The address of something that fills a screen: never empty.

        Small originals serve as they are, and those that move: a rendition would stand still. The large rendition's
        address shows the original until it is made.
        """
        if not self.original_url or not self.checksum:
            return self.grid_url
        if not self.moves and renditions.needs_large(self.width, self.height, self.mime_type):
            return renditions.address(self.pk, self.checksum, renditions.LARGE)
        return self.original_url

    @property
    def alt(self) -> str:
        """What a screen reader says of it."""
        return self.title or (self.generation_prompt or "")[:200] or self.original_name or "Picture"
