"""Pods, their sessions and rates in the admin: to look at. They move only by the operations the pages use."""

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from settings_app.pods import stopping
from settings_app.pods.choices import State
from settings_app.pods.metering import quantised
from settings_app.pods.models import Pod, PodSession, RateSegment, RentalTerms, StrayPod


class LookedAtOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that the machine writes: money is counted by them, so nobody changes or deletes one by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Start a pod on the page of the pod."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows can be seen, not changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history stays."""
        return False


@admin.register(Pod)
class PodAdmin(LookedAtOnly):
    """Every pod there was. The account's password and token are shown nowhere."""

    list_display = ("name", "state", "state_since", "gpu_type", "hourly_rate", "pod_id", "trouble", "ended_at")
    list_filter = ("state", "trouble", "cloud", "gpu_type")
    search_fields = ("name", "pod_id", "gpu_type", "reason")
    search_help_text = "Name, RunPod’s id, card or reason"
    date_hierarchy = "created_at"
    exclude = ("account", "key_mark", "lease_key", "slot")
    actions = ("stop",)

    @admin.action(description="Stop when its work is done", permissions=["view"])
    def stop(self, request: HttpRequest, pods: QuerySet[Pod]) -> None:
        """Do what the button Stop does."""
        told = [pod.name for pod in pods.exclude(state=State.GONE) if stopping.drain(pod)]
        text = f"Told to stop: {', '.join(told)}." if told else "None of these can be stopped."
        self.message_user(request, text, messages.SUCCESS if told else messages.WARNING)


@admin.register(PodSession)
class PodSessionAdmin(LookedAtOnly):
    """What each stretch of time cost, as counted and as billed."""

    list_display = ("__str__", "runpod_id", "began_at", "ended_at", "cost", "billed_amount", "is_estimated")
    list_filter = ("gpu_type", "is_estimated")
    search_fields = ("runpod_id", "pod__name", "gpu_type")
    search_help_text = "RunPod’s id, name or card"
    date_hierarchy = "began_at"

    @admin.display(description="counted (USD)", ordering="estimated_cost")
    def cost(self, session: PodSession) -> Decimal | None:
        """Show the amount with four decimals; none while it still grows."""
        return None if session.estimated_cost is None else quantised(session.estimated_cost)


@admin.register(RateSegment)
class RateSegmentAdmin(LookedAtOnly):
    """The rates from which cost is computed."""

    list_display = ("__str__", "rate", "began_at", "last_seen_at", "ended_at", "is_estimated")
    list_filter = ("is_estimated",)
    search_fields = ("session__runpod_id", "session__pod__name")
    search_help_text = "RunPod’s id or name of the pod"
    date_hierarchy = "began_at"


@admin.register(StrayPod)
class StrayPodAdmin(LookedAtOnly):
    """What bears our name at RunPod and is not ours to know."""

    list_display = ("name", "pod_id", "status", "rate", "is_double", "first_seen_at", "last_seen_at", "gone_at")
    list_filter = ("is_double", "status")
    search_fields = ("name", "pod_id")
    search_help_text = "Name or RunPod’s id"


@admin.register(RentalTerms)
class RentalTermsAdmin(LookedAtOnly):
    """The terms, as the settings page sets them."""

    list_display = ("__str__", "cloud", "network_volume_id", "price_ceiling", "longest_session_minutes")
    search_fields = ("network_volume_id", "image")
    exclude = ("catalogue",)
