"""Prompt templates, and the lists of words they draw from."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from generation.querysets import (
    TemplateQuerySet,
)
from lib import clock
from lib.database import CurrentTimestamp, RandomUUID


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
