"""On what terms pods are rented."""

import secrets
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from settings_app.pods.choices import Cloud
from settings_app.pods.image import default_image

MOST_HOURS = 24 * 7


def new_install() -> str:
    """Return the word that tells this gallery's pods from those of others with the same RunPod account."""
    return secrets.token_hex(3)


class RentalTerms(models.Model):
    """On what terms pods are rented; exactly one row. Ask for it with ``RentalTerms.load()``.

    A table of its own, since the schema's settings name the key, the card and the idle time only. ``install`` is part
    of every pod's name, the only thing by which a pod can be found whose answer got lost. ``other_cards`` are taken, in
    their order, when the card of the settings is not free. ``catalogue`` is what RunPod last told of its cards and
    prices, so that pages need not ask.
    """

    id = models.IntegerField(primary_key=True, default=1, editable=False)
    install = models.TextField(default=new_install, editable=False)
    other_cards = models.JSONField(default=list, blank=True)
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
