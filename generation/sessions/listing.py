"""What the list of sessions shows, in a number of queries that does not grow with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from generation.choices import SessionStatus
from generation.models import GenerationSession, GenerationStep, StepAlternative
from generation.showing.wording import lately
from lib.paging import Page, page
from photos.models import Photo

SESSIONS_PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session as the list shows it."""

    session: GenerationSession
    title: str
    cover: Photo | None
    steps: int
    pictures: int
    is_running: bool

    @property
    def badge(self) -> str:
        """The badge's modifier: amber while something runs."""
        return "live" if self.is_running else ""

    @property
    def worked_on(self) -> str:
        """When something was done in it last."""
        return lately(self.session.last_active_at)

    @property
    def state(self) -> str:
        """One word for how it stands; empty for one that is simply worked on."""
        if self.is_running:
            return "Running"
        status = SessionStatus(self.session.status)
        return "" if status == SessionStatus.ACTIVE else str(status.label)


@dataclass(frozen=True, slots=True)
class Tab:
    """A state the list can be narrowed to, and how many sessions are in it."""

    value: str
    label: str
    count: int
    is_here: bool


def sessions_page(query: Mapping[str, Any]) -> tuple[Page[GenerationSession], list[SessionCard]]:
    """Return a page of sessions, those that were worked on last first, and its cards.

    Args:
        query: the address's query, with the ``status`` wanted and the key of the page; nonsense narrows nothing.
    """
    wanted = _with_summary()
    if (status := status_in(query)) is not None:
        wanted = wanted.filter(status=status)
    found = page(wanted, query, by="last_active_at", size=SESSIONS_PER_PAGE)
    covers = Photo.objects.for_grid().in_bulk([pk for row in found.rows if (pk := _summary(row)["cover_id"])])
    return found, [_card(row, covers) for row in found.rows]


def status_in(query: Mapping[str, Any]) -> SessionStatus | None:
    """Return the state an address asks for."""
    asked = query.get("status", "")
    return SessionStatus(asked) if asked in SessionStatus.values else None


def tabs(query: Mapping[str, Any]) -> list[Tab]:
    """Return what the list can be narrowed to, in one query."""
    here = status_in(query)
    rows = GenerationSession.objects.order_by().values_list("status").annotate(Count("pk"))
    counts: dict[str, int] = dict(rows)
    every = Tab("", "All", sum(counts.values()), here is None)
    states = [Tab(status.value, str(status.label), counts.get(status, 0), status == here) for status in SessionStatus]
    return [every, *states]


def _with_summary() -> QuerySet[GenerationSession]:
    steps = GenerationStep.objects.filter(session=OuterRef("pk"))
    pictures = StepAlternative.objects.filter(step__session=OuterRef("pk"), image__deleted_at=None)
    chosen = steps.filter(selected_image__deleted_at=None, selected_image__isnull=False).order_by("-position")
    sessions: QuerySet[GenerationSession] = GenerationSession.objects.annotate(
        first_prompt=Subquery(steps.order_by("position", "created_at").values("prompt")[:1]),
        cover_id=Coalesce(
            Subquery(chosen.values("selected_image")[:1]),
            Subquery(pictures.order_by("pk").values("image")[:1]),
            output_field=UUIDField(),
        ),
        steps_count=Subquery(steps.order_by().values("session").annotate(number=Count("pk")).values("number")),
        pictures_count=Subquery(
            pictures.order_by().values("step__session").annotate(number=Count("pk")).values("number")
        ),
        is_running=Exists(steps.under_way()),
    )
    return sessions


def _card(row: GenerationSession, covers: Mapping[Any, Photo]) -> SessionCard:
    summary = _summary(row)
    return SessionCard(
        session=row,
        title=row.name or summary["first_prompt"] or "Nothing asked yet",
        cover=covers.get(summary["cover_id"]),
        steps=summary["steps_count"] or 0,
        pictures=summary["pictures_count"] or 0,
        is_running=summary["is_running"],
    )


def _summary(row: GenerationSession) -> dict[str, Any]:
    """Return the annotations, which no type knows."""
    return vars(row)
