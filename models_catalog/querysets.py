"""Questions about many models."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from models_catalog.models import Model  # noqa: F401

MOST_WORDS = 12


class ModelQuerySet(models.QuerySet["Model"]):
    """The vocabulary for asking about models."""

    def available(self) -> Self:
        """Leave out what has left the server."""
        return self.filter(unavailable_since=None)

    def on(self, server: str) -> Self:
        """Keep the models of one server."""
        return self.filter(server=server)

    def main(self) -> Self:
        """Keep the models a picture can be made with."""
        return self.filter(type="main")

    def refiners(self) -> Self:
        """Keep those that finish what an SDXL model began."""
        return self.main().filter(base="sdxl-refiner")

    def of_bases(self, bases: Iterable[str]) -> Self:
        """Keep the models of some families."""
        return self.filter(base__in=list(bases))

    def vaes(self) -> Self:
        """Keep the separate VAEs."""
        return self.filter(type="vae")

    def mentioning(self, words: str) -> Self:
        """Keep the models in which every word occurs: in name, base, type, description or trigger phrases."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            places = ("name", "base", "type", "description", "trigger_phrases")
            found = found.filter(Q(*((f"{place}__icontains", word) for place in places), _connector=Q.OR))
        return found

    def for_list(self) -> Self:
        """Load and order what the catalogue's page shows."""
        return self.defer("default_settings").order_by("type", "base", "name", "key")
