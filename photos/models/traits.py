"""What pictures have in common."""

from django.db import models
from django.db.models import Q

from photos.choices import TraitKind
from photos.models.photo import Photo
from photos.querysets import TraitQuerySet


class Trait(models.Model):
    """Something pictures have in common, such as a camera, a LoRA or a tag.

    Not in the schema, which keeps these in JSON, where a search would have to read every picture. ``value`` is what
    people see, ``folded`` the same without capitals; a seed is text, because it may be longer than a database counts.
    """

    kind = models.TextField(choices=TraitKind)
    value = models.TextField()
    folded = models.TextField()
    photos = models.ManyToManyField(Photo, through="PhotoTrait", related_name="traits")

    objects = TraitQuerySet.as_manager()

    class Meta:
        db_table = "traits"
        constraints = [
            models.UniqueConstraint(fields=["kind", "folded"], name="traits_are_known_once"),
            models.CheckConstraint(condition=Q(kind__in=TraitKind.values), name="traits_have_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class PhotoTrait(models.Model):
    """One picture has one trait."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE)
    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, db_index=False)

    class Meta:
        db_table = "photo_traits"
        constraints = [models.UniqueConstraint(fields=["trait", "photo"], name="photo_traits_are_known_once")]

    def __str__(self) -> str:
        return f"{self.photo_id} has {self.trait_id}"
