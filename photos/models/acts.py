"""What is done to many photos at once."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from lib import clock
from lib.database import RandomUUID
from photos.choices import BulkState
from photos.querysets import BulkActionQuerySet


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
