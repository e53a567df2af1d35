"""Everything that waits, runs, is tried again or failed, in a number of queries that does not grow with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse

from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.showing.telling import HEADLINES, hour
from generation.showing.wording import count_of
from photos.choices import RetrievalStatus, UploadStatus
from photos.models import IncomingUpload, Photo

SHOWN = 100
FAILURES_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done about a row: a button that posts."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work."""

    key: str
    title: str
    kind: str
    note: str
    url: str = ""
    since: datetime | None = None
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces of work that stand alike; what is beyond the first hundred is only counted."""

    name: str
    title: str
    rows: list[Row]
    total: int
    is_bad: bool = False

    @property
    def unshown(self) -> int:
        """How many are not listed."""
        return self.total - len(self.rows)


def under_way_count() -> int:
    """Return how many steps and fetches are not finished."""
    return GenerationStep.objects.under_way().count() + _pending_photos().count()


def sections(*, now: datetime) -> list[Section]:
    """Return the sections that have something in them, the most urgent first."""
    under_way = GenerationStep.objects.under_way().select_related("session")
    steps = [_step_row(step, now=now) for step in under_way.order_by("created_at")]
    fetches = [_fetch_row(photo) for photo in _pending_photos().order_by("created_at")]
    every = [
        _section("running", "Running", _named(steps, "running")),
        _section("retrying", "Trying again", _named(chain(steps, fetches), "retrying")),
        _section("waiting", "Waiting", _named(chain(steps, fetches), "waiting")),
        _section("failed", "Failed", _failures(now - FAILURES_KEPT), is_bad=True),
    ]
    return [section for section in every if section.total]


def _section(name: str, title: str, rows: Iterable[Row], *, is_bad: bool = False) -> Section:
    every = list(rows)
    return Section(name, title, every[:SHOWN], len(every), is_bad)


def _named(rows: Iterable[tuple[str, Row]], name: str) -> Iterator[Row]:
    return (row for section, row in rows if section == name)


def _pending_photos() -> QuerySet[Photo]:
    return Photo.objects.not_here().filter(retrieval_status=RetrievalStatus.PENDING)


def _step_row(step: GenerationStep, *, now: datetime) -> tuple[str, Row]:
    made = step.images_retrieved + step.images_pending + step.images_failed
    is_running = step.status == StepStatus.PROCESSING
    section = "running" if is_running else "retrying" if step.error_message else "waiting"
    note = f"{made} of {count_of(step.batch_size)} made" if is_running else _why(step.error_message, step.lease_until)
    acts = [] if step.cancel_requested_at else [Act("Cancel", reverse("generation:cancel-step", args=[step.pk]))]
    return section, Row(
        key=f"step-{step.pk}",
        title=step.prompt,
        kind="Cancelling" if step.cancel_requested_at else count_of(step.batch_size),
        note=note,
        url="" if step.session.deleted_at else step.get_absolute_url(),
        since=step.submitted_at or step.created_at,
        acts=acts,
    )


def _fetch_row(photo: Photo) -> tuple[str, Row]:
    acts = [
        Act("Try now", reverse("generation:retry-retrieval", args=[photo.pk])),
        Act("Give up", reverse("generation:give-up-retrieval", args=[photo.pk])),
    ]
    row = Row(
        key=f"fetch-{photo.pk}",
        title=photo.alt,
        kind="Fetching a picture",
        note=_why(photo.retrieval_error, photo.next_retrieval_at, photo.retrieval_attempts),
        url=photo.get_absolute_url(),
        since=photo.created_at,
        acts=acts,
    )
    return ("retrying" if photo.retrieval_error else "waiting"), row


def _why(reason: str | None, again: datetime | None, attempts: int = 0) -> str:
    """Say why something waits, what is known of when it goes on, and how often it was tried."""
    if not reason:
        return ""
    tries = f" Tried {attempts} times." if attempts > 1 else ""
    return f"{reason}{f' Tries again at {hour(again)}.' if again else ''}{tries}"


def _failures(since: datetime) -> Iterator[Row]:
    """Yield what failed lately; pictures that could not be fetched stay until they are tried again or thrown away."""
    steps = GenerationStep.objects.failed(since=since).order_by("-completed_at")
    yield from map(_failed_step_row, steps)
    fetches = Photo.objects.not_here().filter(retrieval_status=RetrievalStatus.FAILED)
    yield from map(_failed_fetch_row, fetches.order_by("-created_at"))
    uploads = IncomingUpload.objects.filter(status=UploadStatus.REFUSED, created_at__gte=since)
    yield from map(_upload_row, uploads.order_by("-created_at"))
    yield from map(_thumbnail_row, Photo.objects.visible().exclude(thumbnail_error="").order_by("-created_at"))


def _failed_step_row(step: GenerationStep) -> Row:
    return Row(
        key=f"step-{step.pk}",
        title=step.prompt,
        kind=HEADLINES.get(Outcome(step.outcome), "Failed"),
        note=step.error_message or "",
        url=step.get_absolute_url(),
        since=step.completed_at,
        acts=[Act("Try again", reverse("generation:retry-step", args=[step.pk]))],
    )


def _failed_fetch_row(photo: Photo) -> Row:
    return Row(
        key=f"fetch-{photo.pk}",
        title=photo.alt,
        kind="Could not be fetched",
        note=_why(photo.retrieval_error, None, photo.retrieval_attempts),
        url=photo.get_absolute_url(),
        since=photo.last_retrieval_attempt,
        acts=[Act("Try again", reverse("generation:retry-retrieval", args=[photo.pk]))],
    )


def _upload_row(upload: IncomingUpload) -> Row:
    return Row(f"upload-{upload.pk}", upload.original_name, "Not imported", upload.reason, since=upload.created_at)


def _thumbnail_row(photo: Photo) -> Row:
    return Row(
        f"thumbnail-{photo.pk}", str(photo), "No thumbnail", photo.thumbnail_error, photo.get_absolute_url(),
        photo.created_at,
    )  # fmt: skip
