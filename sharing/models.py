"""Shared links, and the passwords tried on them."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from lib import clock
from lib.database import CurrentTimestamp, RandomUUID
from photos.about import details
from sharing.choices import LinkState, ShownPath
from sharing.querysets import PasswordTryQuerySet, SharedLinkQuerySet


class SharedLink(models.Model):
    """An address that shows one photo or one album to whoever has it.

    Added to the schema: ``title`` (what visitors read above the pictures), ``password`` (hashed like the owner's; empty
    means none), ``may_download`` (the originals, cleaned), ``show_details`` (prompt, camera, file name),
    ``show_location``, ``show_path`` (what is told of the way to a photo), ``revoked_at`` and ``visit_count`` (visitors
    are counted once an hour each).
    """

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

    title = models.TextField(default="", db_default="", blank=True)
    password = models.TextField(default="", db_default="", blank=True)
    may_download = models.BooleanField(default=False, db_default=False)
    show_details = models.BooleanField(default=False, db_default=False)
    show_location = models.BooleanField(default=False, db_default=False)
    show_path = models.TextField(choices=ShownPath, default=ShownPath.NONE, db_default=ShownPath.NONE)
    revoked_at = models.DateTimeField(null=True, blank=True)
    visit_count = models.IntegerField(default=0, db_default=0)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        db_table = "shared_links"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["access_key"], name="shared_links_access_key_key"),
            models.CheckConstraint(
                condition=Q(photo__isnull=False, album__isnull=True) | Q(photo__isnull=True, album__isnull=False),
                name="share_target_check",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")),
                name="share_link_expires_after_creation",
            ),
            models.CheckConstraint(
                condition=Q(show_location=False) | Q(show_details=True),
                name="share_link_tells_the_place_only_with_details",
            ),
            models.CheckConstraint(
                condition=Q(show_path=ShownPath.NONE)
                | Q(show_path__in=[ShownPath.PICTURES, ShownPath.PROMPTS], photo__isnull=False),
                name="share_link_shows_the_path_of_a_photo",
            ),
            models.CheckConstraint(condition=Q(visit_count__gte=0), name="share_link_visits_are_not_negative"),
        ]
        indexes = [
            models.Index(fields=["access_key"], name="idx_shared_links_access_key"),
            models.Index(
                fields=["expires_at"], condition=Q(expires_at__isnull=False), name="idx_shared_links_expires_at"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Link to {self.name}"

    def get_absolute_url(self) -> str:
        """Return the address of the owner's page about it."""
        return reverse("sharing:link", args=[self.pk])

    @property
    def name(self) -> str:
        """What the owner calls it: its title, else what it shows is called."""
        if self.title or self.photo is None:
            return self.title or str(self.album)
        return details.heading(self.photo)

    @property
    def address(self) -> str:
        """The path visitors open."""
        return reverse("sharing:visit", args=[self.access_key])

    def has_expired(self, *, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= now

    @property
    def state(self) -> LinkState:
        """Whether it works now, and if not, why. Looks at the count of the list if it is there."""
        if self.revoked_at:
            return LinkState.REVOKED
        if self.has_expired(now=clock.now()):
            return LinkState.EXPIRED
        target = self.photo or self.album
        if target and target.deleted_at:
            return LinkState.TRASHED
        return LinkState.ACTIVE if getattr(self, "shown", 1) else LinkState.EMPTY

    @property
    def state_in_words(self) -> str:
        """Its state; albums do not go to the trash."""
        return "Album deleted" if self.state == LinkState.TRASHED and self.album else self.state.label


class PasswordTry(models.Model):
    """How often one visitor, or everybody together, gave a wrong password for a link.

    Not in the schema, which has no place for it. ``visitor`` is a keyed digest of a network address, so that no address
    is kept; empty for all visitors together. ``next_at`` is when the next try is looked at.
    """

    link = models.ForeignKey(SharedLink, on_delete=models.CASCADE, related_name="tries")
    visitor = models.TextField(default="", blank=True)
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)

    objects = PasswordTryQuerySet.as_manager()

    class Meta:
        db_table = "link_password_tries"
        verbose_name_plural = "password tries"
        constraints = [
            models.UniqueConstraint(fields=["link", "visitor"], name="password_tries_are_counted_once_a_visitor"),
        ]
        indexes = [models.Index(fields=["last_at"], name="idx_password_tries_last_at")]

    def __str__(self) -> str:
        return f"{self.count} tries of {'one visitor' if self.visitor else 'all visitors'}"


class CleanCopy(models.Model):
    """How long the copy of a photo is that leaves through links, and its checksum; ``size`` 0 when there is none.

    Not in the schema, which has no place for it: a ZIP that can be gone on with after a break must be known byte by
    byte before it is made. ``level`` is how much the copy tells, ``version`` how copies were made then.
    """

    photo = models.ForeignKey("photos.Photo", on_delete=models.CASCADE, related_name="clean_copies")
    level = models.TextField()
    version = models.IntegerField()
    checksum = models.TextField()
    size = models.BigIntegerField()
    crc = models.BigIntegerField()
    extension = models.TextField()

    class Meta:
        db_table = "clean_copies"
        verbose_name_plural = "clean copies"
        constraints = [
            models.UniqueConstraint(fields=["photo", "level"], name="clean_copies_are_measured_once_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.size} bytes of {self.photo_id}, {self.level}"
