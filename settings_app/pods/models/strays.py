"""What bears our name at RunPod and is not ours to know."""

from django.db import models

from lib import clock


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
