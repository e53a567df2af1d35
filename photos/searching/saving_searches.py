"""Keeping searches under a name."""

from django.db import IntegrityError, transaction

from photos.models import SavedSearch
from photos.querying import read

LONGEST_NAME = 100


class NameTaken(Exception):
    """The name cannot be given; the text says why, for the owner."""


def save(name: str, query: str) -> SavedSearch:
    """Keep a search under a name of its own.

    Raises:
        NameTaken: when the name is empty, too long, or another search's; or there is nothing to keep.
    """
    _check(name)
    if not read(query).terms:
        raise NameTaken("There is no search to save: choose a filter or type some words first.")
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(name=name, query=query)
    except IntegrityError:
        raise NameTaken(f"There is a search called “{name}” already.") from None


def rename(saved: SavedSearch, name: str) -> None:
    """Give a kept search another name.

    Raises:
        NameTaken: as for ``save``.
    """
    _check(name)
    try:
        with transaction.atomic():
            SavedSearch.objects.filter(pk=saved.pk).update(name=name)
    except IntegrityError:
        raise NameTaken(f"There is a search called “{name}” already.") from None


def _check(name: str) -> None:
    if not name:
        raise NameTaken("A search needs a name.")
    if not name.isprintable():
        raise NameTaken("A name has no invisible signs.")
    if len(name) > LONGEST_NAME:
        raise NameTaken(f"A name has at most {LONGEST_NAME} characters.")
