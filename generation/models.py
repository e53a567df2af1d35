"""Sessions, their steps, the alternatives of a step, and prompt templates."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from generation.choices import AdoptionState, EntryType, SessionStatus, StepStatus
from generation.querysets import (
    AdoptionQuerySet,
    AlternativeQuerySet,
    SessionQuerySet,
    StepQuerySet,
    TemplateQuerySet,
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
    ``parameters``), ``item_ids`` (its items in the server's queue, in the order of its seeds), ``skipped_items``
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


class TemplateManager(models.Manager.from_queryset(TemplateQuerySet)):  # type: ignore[misc]
    """Leaves out what was deleted, so that nobody need remember to."""

    def get_queryset(self) -> TemplateQuerySet:
        """Return the templates that are there."""
        there: TemplateQuerySet = super().get_queryset()
        return there.filter(deleted_at=None)


class PromptTemplate(models.Model):
    """Words that are put around a prompt.

    Added to the schema: ``deleted_at``, for a deleted template is kept for a day, so that it can come back with all
    that was made with it; ``objects`` leaves it out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    name = models.TextField()
    description = models.TextField(null=True, blank=True)
    prompt_text = models.TextField()
    negative_prompt = models.TextField(null=True, blank=True)
    category = models.TextField(null=True, blank=True)
    is_favorite = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())
    updated_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TemplateManager()
    with_deleted = TemplateQuerySet.as_manager()

    class Meta:
        db_table = "prompt_templates"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["is_favorite"], condition=Q(is_favorite=True), name="idx_prompt_templates_favorite"),
            models.Index(fields=["category"], name="idx_prompt_templates_category"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the template's page."""
        return reverse("generation:template", args=[self.pk])


class WordList(models.Model):
    """Words of which ``__name__`` in a prompt or a template takes one: a line each, and ``#`` before a remark.

    Not in the schema. A table, and not a part of ``settings_json``: many templates share a list, a list can be long,
    two that are saved at once must not overwrite each other, and the database keeps their names, which are in small
    letters, apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    name = models.TextField()
    entries = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "word_lists"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="word_lists_have_names_of_their_own")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address where it is changed."""
        return reverse("generation:word-list", args=[self.pk])


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
