"""What pods cost: sessions, and the rates in them."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from settings_app.pods.models.pod import Pod
from settings_app.pods.querysets import SegmentQuerySet, SessionQuerySet


class PodSession(models.Model):
    """One stretch of time in which a pod cost money, from its start to its end; the history of sessions.

    Filled in at the end: ``seconds`` and ``estimated_cost``, computed from the segments. ``billed_amount`` is what
    RunPod charged, once that is known. ``remote_started_at`` is when RunPod says that it was started, by its clock.
    """

    pod = models.ForeignKey(Pod, models.PROTECT, related_name="sessions")
    runpod_id = models.TextField(default="", blank=True)
    gpu_type = models.TextField(default="", blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    remote_started_at = models.DateTimeField(null=True, blank=True)
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
