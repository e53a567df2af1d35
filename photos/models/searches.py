"""Searches with a name."""

from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse

from lib import clock


class SavedSearch(models.Model):
    """A search the owner gave a name: an album that fills itself. Not in the schema, which has no place for it."""

    name = models.TextField()
    query = models.TextField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "saved_searches"
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="saved_searches_have_names_of_their_own"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_searches_have_a_name"),
            models.CheckConstraint(condition=~Q(query=""), name="saved_searches_ask_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the timeline that shows what it finds."""
        return f"{reverse('photos:timeline')}?{urlencode({'q': self.query})}"
