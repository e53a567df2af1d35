"""What this gallery is made of and what it holds."""

import platform
from dataclasses import dataclass

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

# By name: these apps stand above this one.
COUNTED = (
    "photos.Photo",
    "albums.Album",
    "generation.GenerationSession",
    "generation.GenerationStep",
    "models_catalog.Model",
    "sharing.SharedLink",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the page."""

    label: str
    value: str


def facts() -> list[Fact]:
    """Return versions, places and counts."""
    return [
        Fact("Library", settings.DATA_DIR.as_posix()),
        Fact("Database", _database()),
        Fact("Runs on", f"Python {platform.python_version()}, Django {django.get_version()}"),
        *(_count(label) for label in COUNTED),
    ]


def _database() -> str:
    version = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.display_name} {version}"


def _count(label: str) -> Fact:
    model = apps.get_model(label)
    name = str(model._meta.verbose_name_plural)
    return Fact(name[:1].upper() + name[1:], f"{model._default_manager.count():,}")
