"""What every act on photos answers to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from photos.models import BulkAction
    from photos.querysets import PhotoQuerySet

AT_ONCE = 500
NOTHING_SELECTED = "Tick some pictures first"
Before = dict[UUID, Any]


class CannotGoOn(Exception):
    """The action must stop; its text is a sentence for the owner."""


class Act:
    """One thing that can be done to photos.

    Attributes:
        verb: its name in rows and addresses.
        icon: drawn beside what it says.
        doing: said while a worker does it.
        part_size: how many photos are done together.
        is_slow: it reads files, so no transaction is open while it works; it must be safe to do twice.
        can_be_undone: whether there is a way back.
        news: what the page's scripts are told of the changed photos, and ``news_undone`` when it is taken back.
    """

    verb = ""
    icon = "check"
    doing = "Working"
    part_size = 250
    is_slow = False
    can_be_undone = True
    news = "photos:changed"
    news_undone = "photos:changed"

    def among(self, photos: "PhotoQuerySet", value: str) -> "PhotoQuerySet":
        """Keep the photos it would change."""
        raise NotImplementedError

    def is_quick(self, photos: "PhotoQuerySet", value: str) -> bool:
        """Tell whether it may be done while the browser waits."""
        return photos.order_by()[: AT_ONCE + 1].count() <= AT_ONCE

    def do(self, ids: list[UUID], action: "BulkAction") -> Before:
        """Do it to some photos. Return those that changed, each with what it was before, as JSON can hold it."""
        raise NotImplementedError

    def undo(self, before: Mapping[UUID, Any], action: "BulkAction") -> None:
        """Give photos back what they were, as far as they still are what this act made of them."""
        raise NotImplementedError

    def prepare(self, action: "BulkAction") -> None:
        """Look whether the work can go on where it stopped.

        Raises:
            CannotGoOn: with a sentence for the owner.
        """

    def finish(self, action: "BulkAction") -> None:
        """Do what remains once every part is done. Safe to do twice."""

    def forget(self, action: "BulkAction") -> None:
        """Remove what it left outside the database, when its row goes or it is cancelled."""

    def said(self, pictures: str, value: str) -> str:
        """Return what was done to ``pictures``, as a sentence without a full stop."""
        raise NotImplementedError

    def left_out(self, pictures: str) -> str:
        """Return what became of those that an act without a way back left alone."""
        return ""

    def stopped(self, pictures: str, value: str) -> str:
        """Return what was done until it was cancelled."""
        return f"Cancelled: {self.said(pictures, value)}"

    def unsaid(self, pictures: str, value: str) -> str:
        """Return what was taken back."""
        return f"Undone: {pictures}"

    def nothing(self, value: str) -> str:
        """Return what is said when no photo would change."""
        return NOTHING_SELECTED
