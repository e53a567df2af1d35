"""Fingerprints of pictures, the pairs that look alike, and what the owner decided about them."""

import uuid

from django.db import models
from django.db.models import F, Q

from lib import clock
from lib.database import RandomUUID
from photos.duplicates.querysets import FingerprintQuerySet, PairQuerySet


class Fingerprint(models.Model):
    """What a picture looks like, in 64 bits; without bits when it is too plain to be told from others.

    Not in the schema. A table of its own, so that the photos' rows stay short; the pieces of sixteen bits are what
    look-alikes are found by.
    """

    photo = models.OneToOneField("photos.Photo", models.CASCADE, primary_key=True, related_name="fingerprint")
    bits = models.BigIntegerField(null=True)
    piece_0 = models.IntegerField(null=True)
    piece_1 = models.IntegerField(null=True)
    piece_2 = models.IntegerField(null=True)
    piece_3 = models.IntegerField(null=True)

    objects = FingerprintQuerySet.as_manager()

    class Meta:
        db_table = "photo_fingerprints"
        indexes = [models.Index(fields=[f"piece_{n}"], name=f"idx_fingerprints_piece_{n}") for n in range(4)]

    def __str__(self) -> str:
        return f"{self.bits or 0:+x}"


class DuplicateDecision(models.Model):
    """What the owner decided about pictures that look alike: one is kept, or (without ``kept``) all of them.

    Not in the schema. ``before`` holds what it takes to undo it: the columns the kept picture took over as
    ``[old, new]``, its new tags, what the apps above added, and which pictures went to the trash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    kept = models.ForeignKey("photos.Photo", models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.JSONField(default=dict)
    decided_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "duplicate_decisions"

    def __str__(self) -> str:
        return f"{'One' if self.kept_id else 'All'} kept on {self.decided_at:%Y-%m-%d}"


class DuplicatePair(models.Model):
    """Two pictures that look alike, in how many bits they differ, and the decision once there is one.

    Not in the schema. The photo with the smaller key is ``photo_a``, so that a pair is there once.
    """

    photo_a = models.ForeignKey("photos.Photo", models.CASCADE, related_name="+", db_index=False)
    photo_b = models.ForeignKey("photos.Photo", models.CASCADE, related_name="+")
    distance = models.SmallIntegerField()
    decision = models.ForeignKey(DuplicateDecision, models.SET_NULL, null=True, blank=True, related_name="pairs")
    found_at = models.DateTimeField(default=clock.now)

    objects = PairQuerySet.as_manager()

    class Meta:
        db_table = "duplicate_pairs"
        constraints = [
            models.UniqueConstraint(fields=["photo_a", "photo_b"], name="duplicate_pairs_are_there_once"),
            models.CheckConstraint(condition=Q(photo_a__lt=F("photo_b")), name="duplicate_pairs_are_in_order"),
            models.CheckConstraint(condition=Q(distance__gte=0), name="duplicate_pairs_distance_is_not_negative"),
        ]
        indexes = [models.Index(fields=["distance", "id"], condition=Q(decision=None), name="idx_duplicate_pairs_open")]

    def __str__(self) -> str:
        return f"{self.photo_a_id} and {self.photo_b_id}"
