"""What is known of a server's own pictures: what was brought in from it, and what was sent to it."""

import uuid

from django.db import models
from django.db.models import Q

from generation.choices import AdoptionState
from generation.querysets import (
    AdoptionQuerySet,
)
from lib import clock
from lib.database import RandomUUID


class Adoption(models.Model):
    """Bringing in the pictures a server has already. Not in the schema.

    The server is read page by page; ``offset`` is where the next page begins. ``total`` is what the server has, as far
    as it is known, ``seen`` what was looked at, and ``added`` what the library did not know. ``lease_until`` keeps a
    page to one worker, or says when to try again, for the reason in ``error``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    server = models.TextField()
    state = models.TextField(choices=AdoptionState, default=AdoptionState.RUNNING)
    total = models.IntegerField(default=0)
    seen = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    offset = models.IntegerField(default=0)
    error = models.TextField(default="", blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        db_table = "adoptions"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AdoptionState.values), name="adoption_state_is_known"),
            models.UniqueConstraint(
                fields=["server"], condition=Q(state=AdoptionState.RUNNING), name="adoptions_run_once_for_a_server"
            ),
        ]

    def __str__(self) -> str:
        return f"Pictures of {self.server}"

    @property
    def is_running(self) -> bool:
        """Whether more of the server will be looked at."""
        return self.state == AdoptionState.RUNNING

    @property
    def percent(self) -> int:
        """How much of the server was looked at."""
        return min(100, 100 * self.seen // self.total) if self.total else 0


class OtherName(models.Model):
    """A further name of a picture on a server: two files there have the same bytes, which are one photo here.

    Not in the schema, where a photo has one name. Without it such a file would be taken for unknown for ever.
    """

    server = models.TextField()
    invoke_id = models.TextField()
    photo = models.ForeignKey("photos.Photo", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "other_names"
        constraints = [models.UniqueConstraint(fields=["server", "invoke_id"], name="other_names_are_known_once")]

    def __str__(self) -> str:
        return f"{self.invoke_id} on {self.server}"


class SourceUpload(models.Model):
    """What a server calls its copy of a picture that requests grow from. Not in the schema; with it, it is sent once.

    The copy is hidden there and may be cleared away at any time: it is asked for before it is used again.
    """

    server = models.TextField()
    photo = models.ForeignKey("photos.Photo", on_delete=models.CASCADE, related_name="+")
    image_name = models.TextField()
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "source_uploads"
        constraints = [models.UniqueConstraint(fields=["server", "photo"], name="source_uploads_are_sent_once")]

    def __str__(self) -> str:
        return f"{self.image_name} on {self.server}"


class AdoptedImage(models.Model):
    """What a server said of a picture when it was last adopted. Not in the schema.

    A star or a board that was there then is no news: what the owner did here since is not done again.
    """

    server = models.TextField()
    invoke_id = models.TextField()
    starred = models.BooleanField(default=False)
    board_id = models.TextField(default="", blank=True)

    class Meta:
        db_table = "adopted_images"
        constraints = [models.UniqueConstraint(fields=["server", "invoke_id"], name="adopted_images_are_known_once")]

    def __str__(self) -> str:
        return f"{self.invoke_id} on {self.server}"


class AdoptedBoard(models.Model):
    """Which album a server's board became, whatever either is called by now. Not in the schema.

    ``album`` is empty when the owner deleted it: the board does not become another one.
    """

    server = models.TextField()
    board_id = models.TextField()
    album = models.ForeignKey("albums.Album", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "adopted_boards"
        constraints = [models.UniqueConstraint(fields=["server", "board_id"], name="adopted_boards_are_known_once")]

    def __str__(self) -> str:
        return f"{self.board_id} on {self.server}"
