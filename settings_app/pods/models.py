"""The tables of rented pods. None of them is in the schema, which has no place for a pod's life or for rates."""

import secrets
import uuid
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from lib import clock
from settings_app.pods.choices import Cloud, State, Trouble
from settings_app.pods.image import default_image
from settings_app.pods.querysets import PodQuerySet, SegmentQuerySet, SessionQuerySet

MOST_HOURS = 24 * 7


def new_install() -> str:
    """Return the word that tells this gallery's pods from those of others with the same RunPod account."""
    return secrets.token_hex(3)


def new_password() -> str:
    """Return a password that satisfies every rule: length, small and capital letters, digits."""
    return f"Aa1-{secrets.token_urlsafe(24)}"


class RentalTerms(models.Model):
    """On what terms pods are rented; exactly one row. Ask for it with ``RentalTerms.load()``.

    A table of its own, since the schema's settings name the key, the card and the idle time only. ``install`` is part
    of every pod's name, the only thing by which a pod can be found whose answer got lost. ``catalogue`` is what RunPod
    last told of its cards and prices, so that pages need not ask.
    """

    id = models.IntegerField(primary_key=True, default=1, editable=False)
    install = models.TextField(default=new_install, editable=False)
    cloud = models.TextField(choices=Cloud, default=Cloud.SECURE)
    image = models.TextField(default=default_image)
    network_volume_id = models.TextField(default="", blank=True)
    data_centers = models.JSONField(default=list, blank=True)
    min_cuda = models.TextField(default="12.8", blank=True)
    disk_gb = models.PositiveIntegerField(default=40, validators=[MinValueValidator(10), MaxValueValidator(1000)])
    volume_gb = models.PositiveIntegerField(default=60, validators=[MinValueValidator(10), MaxValueValidator(4000)])
    price_ceiling = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    longest_session_minutes = models.PositiveIntegerField(
        default=8 * 60, validators=[MinValueValidator(10), MaxValueValidator(MOST_HOURS * 60)]
    )
    session_budget = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    month_budget = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    catalogue = models.JSONField(default=list, blank=True, editable=False)
    catalogue_read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "rental_terms"
        verbose_name = verbose_name_plural = "rental terms"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="rental_terms_are_one_row"),
            models.CheckConstraint(condition=Q(cloud__in=Cloud.values), name="rental_terms_cloud_is_known"),
        ]

    def __str__(self) -> str:
        return "Rental terms"

    @classmethod
    def load(cls) -> Self:
        """Return the terms, making the row on first use; the primary key lets only one process make it."""
        return cls.objects.get_or_create(pk=1)[0]


class RemoteAccount(models.Model):
    """The gallery's own account in a rented InvokeAI, without which anybody who guesses the address could use it.

    It lives in the database on the volume: one per network volume, else one per pod. Password and token are kept like
    the API key: never shown, never logged.
    """

    volume_id = models.TextField(null=True, unique=True, editable=False)
    email = models.TextField(default="gallery@example.org", editable=False)
    password = models.TextField(default=new_password, editable=False)
    token = models.TextField(default="", editable=False)
    token_expires_at = models.DateTimeField(null=True, editable=False)
    # When it was first used with success; until then the volume's first boot is still to come, which takes longer.
    proven_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "remote_accounts"

    def __str__(self) -> str:
        return self.volume_id or f"account {self.pk}"


class Pod(models.Model):
    """A pod we rented, or mean to rent. The row is there before RunPod is asked, and stays when the pod is gone.

    Beside state and identity it holds what was asked for (so that a change of the settings concerns the next pod),
    what was last read, and the lease that keeps two workers from acting at once. At most one pod is the present one,
    by a constraint: a replaced one only waits, stopped, to be deleted.

    Attributes:
        name: ours and used once; RunPod takes any name twice, but this is how a lost answer is found again.
        pod_id: RunPod's; empty until a create was accepted.
        key_mark: tells which API key the pod was last seen with: with another account's key all pods seem gone.
        create_sent_at: set before RunPod is asked, emptied when it is certain that nothing was rented.
        asked_at: when start, stop or terminate was last sent in the present state.
        wanted_until: how long to go on looking for a free machine.
        looked_at: when its state was last read with success.
        trouble: why the last start failed or it ended; ``reason`` says it in words.
        difficulty: what hinders us at present, such as an API that does not answer; empty when all is well.
        stop_word: on whose word it is being stopped, as a sentence for the owner.
        replaced_at: set when another pod has taken its place; it is deleted as soon as it can be.
        last_activity_at: when work was last sent to it or came from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    pod_id = models.TextField(default="", blank=True)
    state = models.TextField(choices=State, default=State.CREATING)
    state_since = models.DateTimeField(default=clock.now)
    # Always 1: what a partial unique constraint can hold single.
    slot = models.SmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    gpu_type = models.TextField()
    cloud = models.TextField(choices=Cloud, default=Cloud.SECURE)
    image = models.TextField()
    network_volume_id = models.TextField(default="", blank=True)
    data_centers = models.JSONField(default=list, blank=True)
    min_cuda = models.TextField(default="", blank=True)
    disk_gb = models.PositiveIntegerField(default=40)
    volume_gb = models.PositiveIntegerField(default=60)
    price_ceiling = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    account = models.ForeignKey(RemoteAccount, models.PROTECT, related_name="pods")

    create_sent_at = models.DateTimeField(null=True, blank=True)
    create_attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    wanted_until = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    stop_word = models.TextField(default="", blank=True)

    remote_status = models.TextField(default="", blank=True)
    data_center = models.TextField(default="", blank=True)
    hourly_rate = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    greeted_at = models.DateTimeField(null=True, blank=True)
    good_greetings = models.PositiveSmallIntegerField(default=0)
    bad_greetings = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)

    trouble = models.TextField(choices=Trouble, default=Trouble.NONE, blank=True)
    reason = models.TextField(default="", blank=True)
    difficulty = models.TextField(default="", blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    boot_log = models.TextField(default="", blank=True)
    log_read_at = models.DateTimeField(null=True, blank=True)
    key_mark = models.TextField(default="", blank=True)

    next_turn_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_key = models.UUIDField(null=True, blank=True)

    objects = PodQuerySet.as_manager()

    class Meta:
        db_table = "pods"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=~Q(state=State.GONE) & Q(replaced_at=None),
                name="pods_at_most_one_is_present",
            ),
            models.UniqueConstraint(fields=["pod_id"], condition=~Q(pod_id=""), name="pods_pod_id_is_unique"),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(state__in=[State.STOPPED, State.GONE]),
                name="pods_a_replaced_one_is_stopped",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="pods_state_is_known"),
            models.CheckConstraint(condition=Q(slot=1), name="pods_slot_is_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_disposable(self) -> bool:
        """Whether everything worth keeping lies on a network volume, so that the pod is deleted rather than stopped."""
        return bool(self.network_volume_id)

    @property
    def server(self) -> str:
        """The identity kept beside what is sent there: the volume's, else the pod's own; never its address."""
        return f"runpod:volume:{self.network_volume_id}" if self.network_volume_id else f"runpod:pod:{self.pk.hex}"

    @property
    def rests_in(self) -> State:
        """The state that leads to rest."""
        return State.TERMINATING if self.is_disposable else State.STOPPING


class PodSession(models.Model):
    """One stretch of time in which a pod cost money, from its start to its end; the history of sessions.

    Filled in at the end: ``seconds`` and ``estimated_cost``, computed from the segments. ``billed_amount`` is what
    RunPod charged, once that is known.
    """

    pod = models.ForeignKey(Pod, models.PROTECT, related_name="sessions")
    runpod_id = models.TextField(default="", blank=True)
    gpu_type = models.TextField(default="", blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    seconds = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    estimated_cost = models.DecimalField(max_digits=16, decimal_places=8, null=True, blank=True)
    is_estimated = models.BooleanField(default=False)
    billed_amount = models.DecimalField(max_digits=16, decimal_places=8, null=True, blank=True)
    billed_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        db_table = "pod_sessions"
        ordering = ["-began_at"]
        indexes = [models.Index(fields=["-began_at"], name="idx_pod_sessions_began_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["pod"], condition=Q(ended_at=None), name="pod_sessions_one_is_open_for_each_pod"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="pod_sessions_end_after_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gpu_type} from {self.began_at:%Y-%m-%d %H:%M}"


class RateSegment(models.Model):
    """A stretch of a session at one rate. Cost is computed from these, never added up in rounded pieces.

    Attributes:
        rate: USD per hour.
        last_seen_at: when the pod was last seen in a state that costs money: where the segment ends if the pod
            turns out to have ended unseen.
        is_estimated: the rate was not told at that time and is the last good one, or the catalogue's.
    """

    session = models.ForeignKey(PodSession, models.CASCADE, related_name="segments")
    rate = models.DecimalField(max_digits=12, decimal_places=6, validators=[MinValueValidator(Decimal(0))])
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_estimated = models.BooleanField(default=False)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        db_table = "rate_segments"
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(ended_at=None), name="rate_segments_one_is_open_for_each_session"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="rate_segments_end_after_beginning"
            ),
            models.CheckConstraint(condition=Q(rate__gte=0), name="rate_segments_rate_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.rate} USD/h from {self.began_at:%Y-%m-%d %H:%M}"


class StrayPod(models.Model):
    """A pod that bears our name at RunPod but is no present pod of ours, as the last look at the whole list found it.

    Attributes:
        is_double: it bears the very name of a pod of ours: a request that arrived twice. Such a one is deleted; any
            other may belong to a copy of this gallery and is only told of.
        gone_at: when it was no longer in the list.
    """

    pod_id = models.TextField(primary_key=True)
    name = models.TextField()
    status = models.TextField(default="", blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    is_double = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(default=clock.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "stray_pods"
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.pod_id})"
