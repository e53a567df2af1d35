"""The catalogue."""

from django.db import models

from lib import clock
from lib.database import CurrentTimestamp
from models_catalog.querysets import ModelQuerySet


class Model(models.Model):
    """A model InvokeAI has, or had.

    Added to the schema: ``format``, ``variant``, ``trigger_phrases`` and ``default_settings`` (what the server
    tells besides, needed to offer only what fits), ``server`` (which server the key belongs to: another server has
    another key for the same model) and ``unavailable_since`` (a model that left the server is kept, because
    pictures name it).
    """

    key = models.TextField(primary_key=True)
    name = models.TextField()
    type = models.TextField()
    base = models.TextField()
    hash = models.TextField()
    description = models.TextField(null=True, blank=True)

    default_width = models.IntegerField(null=True, blank=True)
    default_height = models.IntegerField(null=True, blank=True)
    default_steps = models.IntegerField(null=True, blank=True)
    default_cfg_scale = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    default_scheduler = models.TextField(null=True, blank=True)

    default_vae_key = models.TextField(null=True, blank=True)
    default_vae_hash = models.TextField(null=True, blank=True)

    cached_at = models.DateTimeField(default=clock.now, db_default=CurrentTimestamp())

    format = models.TextField(default="", db_default="", blank=True)
    variant = models.TextField(default="", db_default="", blank=True)
    trigger_phrases = models.JSONField(default=list, blank=True)
    default_settings = models.JSONField(default=dict, blank=True)
    server = models.TextField(default="", db_default="", blank=True)
    unavailable_since = models.DateTimeField(null=True, blank=True)

    objects = ModelQuerySet.as_manager()

    class Meta:
        db_table = "models"
        ordering = ["name", "key"]
        indexes = [
            models.Index(fields=["type"], name="idx_models_type"),
            models.Index(fields=["base"], name="idx_models_base"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_available(self) -> bool:
        """Whether the server still had it when it was last asked."""
        return self.unavailable_since is None


class CatalogueSync(models.Model):
    """What the last sync with one server came to. Not in the schema, which has no place for it.

    It tells the pages whether the catalogue can be trusted, and why not.
    """

    server = models.TextField(primary_key=True)
    tried_at = models.DateTimeField(default=clock.now)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(default="", blank=True)
    model_count = models.IntegerField(default=0)

    class Meta:
        db_table = "catalogue_syncs"
        verbose_name = "sync with a server"
        verbose_name_plural = "syncs with servers"

    def __str__(self) -> str:
        return self.server

    @property
    def has_failed(self) -> bool:
        """Whether the last try came to nothing; ``error`` says why."""
        return bool(self.error)


class ServerAbilities(models.Model):
    """What one server's version of InvokeAI can do: the types of its nodes. Not in the schema.

    They are read from a description of some 2 MB, once for each version.
    """

    server = models.TextField(primary_key=True)
    version = models.TextField()
    node_types = models.JSONField(default=list)
    learnt_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "server_abilities"
        verbose_name_plural = "abilities of servers"

    def __str__(self) -> str:
        return f"InvokeAI {self.version} at {self.server}"
