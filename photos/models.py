"""Photos, and the files that wait to become photos."""

import uuid
from datetime import datetime
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from lib import clock
from lib.database import CurrentTimestamp, RandomUUID
from photos import renditions
from photos.choices import BulkState, RetrievalStatus, TraitKind, UploadStatus
from photos.duplicates.models import DuplicateDecision, DuplicatePair, Fingerprint  # noqa: F401 - the app's, too
from photos.querysets import (
    OPENED_AT_MOST_EACH,
    BulkActionQuerySet,
    IncomingUploadQuerySet,
    PhotoQuerySet,
    TraitQuerySet,
)


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


class Trait(models.Model):
    """Something pictures have in common, such as a camera, a LoRA or a tag.

    Not in the schema, which keeps these in JSON, where a search would have to read every picture. ``value`` is what
    people see, ``folded`` the same without capitals; a seed is text, because it may be longer than a database counts.
    """

    kind = models.TextField(choices=TraitKind)
    value = models.TextField()
    folded = models.TextField()
    photos = models.ManyToManyField(Photo, through="PhotoTrait", related_name="traits")

    objects = TraitQuerySet.as_manager()

    class Meta:
        db_table = "traits"
        constraints = [
            models.UniqueConstraint(fields=["kind", "folded"], name="traits_are_known_once"),
            models.CheckConstraint(condition=Q(kind__in=TraitKind.values), name="traits_have_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class PhotoTrait(models.Model):
    """One picture has one trait."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE)
    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, db_index=False)

    class Meta:
        db_table = "photo_traits"
        constraints = [models.UniqueConstraint(fields=["trait", "photo"], name="photo_traits_are_known_once")]

    def __str__(self) -> str:
        return f"{self.photo_id} has {self.trait_id}"


class SavedSearch(models.Model):
    """A search the owner gave a name: an album that fills itself. Not in the schema, which has no place for it."""

    name = models.TextField()
    query = models.TextField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "saved_searches"
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="saved_searches_have_names_of_their_own"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_searches_have_a_name"),
            models.CheckConstraint(condition=~Q(query=""), name="saved_searches_ask_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the timeline that shows what it finds."""
        return f"{reverse('photos:timeline')}?{urlencode({'q': self.query})}"


class ImportedFile(models.Model):
    """A file of a folder that is in the library, so that importing the folder again need not read it again.

    Not in the schema. Size and ``modified_ns`` (nanoseconds since 1970) tell whether it is still the same file.
    """

    path = models.TextField()
    file_size = models.BigIntegerField()
    modified_ns = models.BigIntegerField()
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "imported_files"
        constraints = [models.UniqueConstraint(fields=["path"], name="imported_files_are_known_once")]

    def __str__(self) -> str:
        return self.path


class BulkAction(models.Model):
    """Something that was done to some photos at once, by a worker when they are very many, with the way back.

    Not in the schema. The photos are frozen in ``parts`` when it begins, so it does what was seen, goes on where a
    killed worker stopped, and takes back exactly what it changed. ``value`` says with what it is done (stars, tags,
    an album). ``total``, ``done`` and ``changed`` count photos; ``size`` is that of the archive a download builds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    verb = models.TextField()
    value = models.TextField(default="", blank=True)
    state = models.TextField(choices=BulkState, default=BulkState.RUNNING)
    reason = models.TextField(default="", blank=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.SmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = BulkActionQuerySet.as_manager()

    class Meta:
        db_table = "bulk_actions"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_actions_state_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[BulkState.RUNNING, BulkState.UNDOING]),
                name="idx_bulk_actions_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.done} of {self.total}"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has still something to do about it."""
        return self.state in {BulkState.RUNNING, BulkState.UNDOING}


class BulkPart(models.Model):
    """Some photos of an action: done together, or not at all. ``before`` tells what each changed one was before."""

    action = models.ForeignKey(BulkAction, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.IntegerField()
    photos = models.JSONField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    is_done = models.BooleanField(default=False)

    class Meta:
        db_table = "bulk_action_parts"
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="bulk_action_parts_have_an_order")]

    def __str__(self) -> str:
        return f"{self.action_id}, part {self.number}"
