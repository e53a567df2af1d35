"""Reading originals again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from photos import tags
from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet
from photos.rereading import EDITABLE, GENERATION, reread
from photos.searching import search

COLUMNS = (*EDITABLE, *GENERATION, "metadata", "taken_at")


class Reread(Act):
    """Read what the files say again; a worker does it, since files are opened. What the owner edited stays."""

    verb = "reread"
    icon = "info"
    doing = "Reading the files again"
    part_size = 20
    is_slow = True

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep those whose file is here."""
        return photos.with_file()

    def is_quick(self, photos: PhotoQuerySet, value: str) -> bool:
        """Never: it decodes."""
        return False

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Read them; return the columns that changed, as they were."""
        were, had = _columns(ids), {pk: set(tags.tags_of(pk)) for pk in ids}
        for pk in ids:
            reread(pk)
        new = {pk: sorted(set(tags.tags_of(pk)) - had[pk]) for pk in ids}
        changed = {pk: _difference(were[pk], row) for pk, row in _columns(ids).items() if pk in were}
        return {pk: {**row, "new_tags": new[pk]} for pk, row in changed.items() if row or new[pk]}

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Write the columns as they were."""
        for pk, row in before.items():
            columns = {name: value for name, value in row.items() if name != "new_tags"}
            if "taken_at" in columns:
                columns["taken_at"] = datetime.fromisoformat(columns["taken_at"])
            if columns:
                Photo.objects.filter(pk=pk).update(**columns)
        tags.drop({pk: row["new_tags"] for pk, row in before.items()})
        search.index(before)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"Read again; {pictures} changed"


def _columns(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Photo.objects.filter(pk__in=ids).values("pk", *COLUMNS)
    return {row.pop("pk"): row for row in rows}


def _difference(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that changed, as they were; a moment to the microsecond, which Django's JSON would cut."""
    changed = {name: was[name] for name in COLUMNS if was[name] != now[name]}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in changed.items()}
