"""Title, description and date of photos. The value is a JSON object of the columns that change."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from photos.acts.act import Act, Before
from photos.models import BulkAction, Photo
from photos.querysets import PhotoQuerySet
from photos.searching import search

COLUMNS = ("title", "description", "taken_at")


class Edit(Act):
    """Write what the owner says about photos."""

    verb = "edit"
    icon = "edit"
    doing = "Saving"
    news = "photos:edited"
    news_undone = "photos:edited"

    def among(self, photos: PhotoQuerySet, value: str) -> PhotoQuerySet:
        """Keep all."""
        return photos

    def do(self, ids: list[UUID], action: BulkAction) -> Before:
        """Write it."""
        changes = columns(json.loads(action.value))
        rows = Photo.objects.locked(ids).values("pk", *changes)
        before = {row.pop("pk"): _to_the_microsecond(row) for row in rows}
        Photo.objects.filter(pk__in=before).update(**changes)
        search.index(before)
        return before

    def undo(self, before: Mapping[UUID, Any], action: BulkAction) -> None:
        """Write what stood there; a column that was edited again since keeps that."""
        written = columns(json.loads(action.value))
        for pk, was in before.items():
            for column, value in columns(was).items():
                Photo.objects.filter(pk=pk, **{column: written[column]}).update(**{column: value})
        search.index(before)

    def said(self, pictures: str, value: str) -> str:
        """Say it."""
        return f"{pictures} changed"

    def unsaid(self, pictures: str, value: str) -> str:
        """Say that it is as before."""
        return "As it was before"


def _to_the_microsecond(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns as JSON holds them: Django's own way would cut the moment short."""
    return {**row, "taken_at": row["taken_at"].isoformat()} if "taken_at" in row else row


def columns(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as the database takes them, of what JSON holds."""
    return {
        name: datetime.fromisoformat(written[name]) if name == "taken_at" else written[name]
        for name in COLUMNS
        if name in written
    }
