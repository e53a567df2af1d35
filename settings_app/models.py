"""The one row of settings; the tables of rented pods are in ``pods``."""

from decimal import Decimal
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value

from lib import clock
from lib.database import CurrentTimestamp
from settings_app.choices import BackendMode
from settings_app.pods.models import Pod, PodSession, RateSegment, RemoteAccount, RentalTerms, StrayPod
from settings_app.querysets import UNDELETABLE, SettingsQuerySet

__all__ = [
    "ApplicationSettings",
    "Pod",
    "PodSession",
    "RateSegment",
    "RemoteAccount",
    "RentalTerms",
    "StrayPod",
]

ASPECT_RATIOS = [
    {"name": "Square (1:1)", "width": 1024, "height": 1024},
    {"name": "Portrait (2:3)", "width": 832, "height": 1216},
    {"name": "Landscape (3:2)", "width": 1216, "height": 832},
]


def default_aspect_ratios() -> list[dict[str, Any]]:
    """Return the shapes a new library offers, as a list of its own."""
    return [dict(ratio) for ratio in ASPECT_RATIOS]


class ApplicationSettings(models.Model):
    """Everything the owner may set; exactly one row, with id 1. Ask for it with ``ApplicationSettings.load()``.

    Added to the schema: ``owner``, so that of two first visits at once only one can claim the library.
    """

    id = models.IntegerField(primary_key=True, default=1, editable=False)

    aspect_ratios = models.JSONField(default=default_aspect_ratios, db_default=Value(ASPECT_RATIOS, models.JSONField()))
    default_steps = models.IntegerField(
        default=30, db_default=30, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    default_cfg_scale = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=Decimal("7.5"),
        db_default=Decimal("7.5"),
        validators=[MinValueValidator(1)],
    )
    default_scheduler = models.TextField(default="euler", db_default="euler")
    default_batch_size = models.IntegerField(
        default=4, db_default=4, validators=[MinValueValidator(1), MaxValueValidator(64)]
    )

    backend_mode = models.TextField(choices=BackendMode, default=BackendMode.LOCAL, db_default=BackendMode.LOCAL)
    local_backend_url = models.TextField(default="http://localhost:9090", db_default="http://localhost:9090")
    remote_backend_url = models.TextField(null=True, blank=True)
    runpod_api_key = models.TextField(null=True, blank=True)
    runpod_pod_type = models.TextField(default="NVIDIA A5000", db_default="NVIDIA A5000")
    idle_timeout_minutes = models.IntegerField(default=30, db_default=30, validators=[MinValueValidator(1)])

    current_session_start = models.DateTimeField(null=True, blank=True)
    current_session_cost = models.DecimalField(max_digits=10, decimal_places=4, default=0, db_default=0)

    settings_json = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    updated_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp(), editable=False)

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = SettingsQuerySet.as_manager()

    class Meta:
        db_table = "application_settings"
        verbose_name = verbose_name_plural = "application settings"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="application_settings_is_one_row"),
            models.CheckConstraint(
                condition=Q(backend_mode__in=BackendMode.values), name="application_settings_backend_mode_is_known"
            ),
            models.CheckConstraint(
                condition=Q(default_steps__gte=1, default_batch_size__gte=1, idle_timeout_minutes__gte=1),
                name="application_settings_counts_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(default_cfg_scale__gte=1, default_cfg_scale__lt=100),
                name="application_settings_cfg_scale_is_in_range",
            ),
        ]

    def __str__(self) -> str:
        return "Settings"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the time of the change."""
        self.updated_at = clock.now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the gallery cannot be without settings.

        Raises:
            ValidationError: always.
        """
        raise ValidationError(UNDELETABLE)

    @classmethod
    def load(cls) -> Self:
        """Return the settings, making the row on first use; the primary key lets only one process make it."""
        return cls.objects.get_or_create(pk=1)[0]
