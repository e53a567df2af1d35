"""The pod: what was asked for, what was last read, and where it stands in its life."""

import uuid

from django.db import models
from django.db.models import Q

from lib import clock
from settings_app.pods.choices import Cloud, State, Trouble
from settings_app.pods.models.accounts import RemoteAccount
from settings_app.pods.querysets import PodQuerySet
from settings_app.pods.sentences import OTHER_ACCOUNT


class Pod(models.Model):
    """A pod we rented, or mean to rent. The row is there before RunPod is asked, and stays when the pod is gone.

    Beside state and identity it holds what was asked for (so that a change of the settings concerns the next pod),
    what was last read, and the lease that keeps two workers from acting at once. At most one pod is the present one,
    by a constraint: a replaced one only waits, stopped, to be deleted.

    Attributes:
        card_choices: the cards to ask for, one after the other; ``gpu_type`` is the one whose turn it is.
        name: ours and used once; RunPod takes any name twice, but this is how a lost answer is found again.
        pod_id: RunPod's; empty until a create was accepted.
        key_mark: tells which API key the pod was last seen with: with another account's key all pods seem gone.
        create_sent_at: set before RunPod is asked, emptied when it is certain that nothing was rented.
        asked_at: when start, stop or terminate was last sent in the present state.
        wanted_until: how long to go on looking for a free machine.
        looked_at: when its state was last read with success.
        beat_at: when the watch in the pod was last sent a sign of life; ``heard_at``: when it last heard one.
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
    card_choices = models.JSONField(default=list, blank=True)
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
    beat_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
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
    def is_out_of_sight(self) -> bool:
        """Whether RunPod cannot be asked about it with the present API key."""
        return self.difficulty == OTHER_ACCOUNT

    @property
    def is_worth_keeping(self) -> bool:
        """Whether something lies on its own disk: it was ready once, so there may be models and pictures."""
        return not self.is_disposable and self.account.proven_at is not None

    @property
    def rests_in(self) -> State:
        """The state that leads to rest; a disk with nothing on it would only cost."""
        return State.STOPPING if self.is_worth_keeping else State.TERMINATING
