"""Sessions, their steps, and the alternatives of a step."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from generation.choices import EntryType, SessionStatus, StepStatus
from generation.querysets import (
    AlternativeQuerySet,
    SessionQuerySet,
    StepQuerySet,
)
from lib import clock
from lib.database import CurrentTimestamp, RandomUUID


class Undeleted(models.Manager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    """Leaves out what was deleted, so that nobody need remember to."""

    def get_queryset(self) -> SessionQuerySet:
        """Return the sessions that are there."""
        there: SessionQuerySet = super().get_queryset()
        return there.filter(deleted_at=None)


class GenerationSession(models.Model):
    """A piece of work: steps that grew from nothing, or from one photo.

    Added to the schema: ``name`` (else it is called by its first prompt), ``last_active_at`` (what the list goes by,
    and after how long a session counts as abandoned) and ``deleted_at``, for a deleted session is kept for a day, so
    that it can come back as it was; ``objects`` leaves it out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    started_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    completed_at = models.DateTimeField(null=True, blank=True)
    entry_type = models.TextField(choices=EntryType)
    source_image = models.ForeignKey(
        "photos.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="refining_sessions"
    )
    status = models.TextField(choices=SessionStatus, default=SessionStatus.ACTIVE, db_default=SessionStatus.ACTIVE)

    name = models.TextField(default="", db_default="", blank=True)
    last_active_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = Undeleted()
    with_deleted = SessionQuerySet.as_manager()

    class Meta:
        db_table = "generation_sessions"
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry_type__in=EntryType.values), name="generation_session_entry_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=SessionStatus.values), name="generation_session_status_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["status"], name="idx_generation_sessions_status"),
            models.Index(
                fields=["-last_active_at", "-id"], condition=Q(deleted_at=None), name="idx_sessions_by_activity"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"Session of {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of the session's studio."""
        return reverse("generation:session", args=[self.pk])


class GenerationStep(models.Model):
    """One request to InvokeAI and what came of it.

    ``batch_id`` is ours and stored before the request is sent, so that a lost answer is settled by asking.
    ``parameters`` holds the whole recipe, with everything resolved. ``correlation_id`` is embedded in each picture.

    Added to the schema: ``server`` (where it was sent: its pictures are fetched from there, whatever the settings
    say later), ``source_image`` (the picture it grew from; a parent's selection may change), ``outcome`` (why it
    ended as it did), ``template`` (the one its words were put into; its name and text as they were then are in
    ``parameters``), ``item_ids`` (its items in the server's queue, in the order of its seeds, 0 for a picture that had
    come before the rest was sent once more), ``resumed`` (how often that was done by itself), ``skipped_items``
    (those of them the owner cancelled one by one), ``attempts`` and ``lease_until`` (sending is claimed and counted;
    while it waits for the server, when to try again),
    ``submitted_at``, ``cancel_requested_at``, ``repeats`` (the step this one runs exactly again, so that their
    pictures can be compared), ``sweep`` and ``sweep_cell`` (steps asked for at one go, each with other values, share
    an id; the cell names the axes and this step's values on them). ``error_message`` is a sentence for the owner: why
    it waits, why it failed, or why fewer pictures came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    session = models.ForeignKey(GenerationSession, on_delete=models.CASCADE, related_name="steps", db_index=False)
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children", db_index=False
    )
    prompt = models.TextField()
    negative_prompt = models.TextField(null=True, blank=True)
    parameters = models.JSONField()

    model_key = models.TextField()
    batch_id = models.TextField()
    correlation_id = models.TextField(null=True, blank=True)

    selected_image = models.ForeignKey(
        "photos.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="selected_in_steps"
    )
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    completed_at = models.DateTimeField(null=True, blank=True)
    position = models.IntegerField(null=True, blank=True)
    status = models.TextField(choices=StepStatus, default=StepStatus.PENDING, db_default=StepStatus.PENDING)
    error_message = models.TextField(null=True, blank=True)

    batch_size = models.IntegerField(default=1, db_default=1)
    images_retrieved = models.IntegerField(default=0, db_default=0)
    images_pending = models.IntegerField(default=0, db_default=0)
    images_failed = models.IntegerField(default=0, db_default=0)

    server = models.TextField(default="", db_default="", blank=True)
    source_image = models.ForeignKey(
        "photos.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="grown_steps"
    )
    outcome = models.TextField(default="", db_default="", blank=True)
    template = models.ForeignKey(
        "PromptTemplate", on_delete=models.SET_NULL, null=True, blank=True, related_name="steps"
    )
    item_ids = models.JSONField(default=list, blank=True)
    skipped_items = models.JSONField(default=list, blank=True)
    attempts = models.IntegerField(default=0, db_default=0)
    resumed = models.IntegerField(default=0, db_default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    repeats = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repetitions")
    sweep = models.UUIDField(null=True, blank=True, editable=False)
    sweep_cell = models.JSONField(default=dict, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        db_table = "generation_steps"
        ordering = ["session", "position", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StepStatus.values), name="generation_step_status_is_known"),
            models.CheckConstraint(condition=Q(batch_size__gte=1), name="generation_step_asks_for_a_picture"),
            models.UniqueConstraint(fields=["batch_id"], name="generation_steps_have_a_batch_each"),
        ]
        indexes = [
            models.Index(fields=["session", "position"], name="idx_generation_steps_session"),
            models.Index(fields=["parent"], name="idx_generation_steps_parent"),
            models.Index(
                fields=["status"],
                condition=Q(status__in=[StepStatus.PENDING, StepStatus.PROCESSING]),
                name="idx_generation_steps_status",
            ),
            models.Index(fields=["sweep"], condition=Q(sweep__isnull=False), name="idx_generation_steps_sweep"),
        ]

    def __str__(self) -> str:
        return self.prompt[:60] or f"Step {self.position}"

    def get_absolute_url(self) -> str:
        """Return the address of the step in its session's studio."""
        return f"{reverse('generation:session', args=[self.session_id])}?step={self.pk}"

    @property
    def sent_items(self) -> list[int]:
        """Its items in the server's queue, of the pictures it was sent for last."""
        return [item for item in self.item_ids if item]

    @property
    def is_under_way(self) -> bool:
        """Whether something may still come of it."""
        return self.status in {StepStatus.PENDING, StepStatus.PROCESSING}


class StepAlternative(models.Model):
    """One of the pictures that came of a step.

    The schema's composite key is a unique constraint here, beside Django's own key, so that the admin can edit it.
    ``GenerationStep.selected_image`` is the truth; ``selected`` follows it in the same transaction.

    Added to the schema: ``difference`` (how far the picture of a repeated step is from the first one, see
    ``differing.py``) and ``compared_with`` (which that was).
    """

    step = models.ForeignKey(GenerationStep, on_delete=models.CASCADE, related_name="alternatives", db_index=False)
    image = models.ForeignKey("photos.Photo", on_delete=models.CASCADE, related_name="alternatives")
    selected = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    difference = models.JSONField(null=True, blank=True)
    compared_with = models.ForeignKey(
        "photos.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AlternativeQuerySet.as_manager()

    class Meta:
        db_table = "step_alternatives"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "image"], name="step_alternatives_hold_a_picture_once"),
            models.UniqueConstraint(
                fields=["step"], condition=Q(selected=True), name="step_has_at_most_one_selected_alternative"
            ),
        ]
        indexes = [
            models.Index(fields=["step"], name="idx_step_alternatives_step"),
            models.Index(
                fields=["step", "selected"], condition=Q(selected=True), name="idx_step_alternatives_selected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} of {self.step_id}"
