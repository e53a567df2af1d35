"""How far a step is, as the follower hears it and the page shows it. It lives in the cache: losing it loses nothing."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache

from generation.models import GenerationStep
from generation.running.pace import expected_seconds, time_left
from lib import clock

KEPT = 3600


@dataclass(frozen=True, slots=True)
class Heard:
    """What the server said last of one step.

    Attributes:
        fraction: of the picture being made, 0 to 1; None while it loads, encodes, decodes or saves.
        item: which of the step's pictures is being made, counting from 1; 0 when none is.
        message: what it is doing, or why it does not move.
        place: how many requests are ahead of it, at most; None when it is not known, or it runs.
        preview: counts the previews; 0 when there is none.
        began: when its first picture was begun.
    """

    fraction: float | None = None
    item: int = 0
    message: str = ""
    place: int | None = None
    preview: int = 0
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page shows of a step under way.

    Attributes:
        made: pictures finished on the server.
        asked: pictures asked for.
        percent: of the whole step, 0 to 100; None while nothing is known.
        message: what the server is doing, or why it does not move.
        place: how many requests are ahead of it, at most.
        preview: changes with each preview picture; 0 when there is none.
        elapsed: since it was sent; None while it waits to be.
        remaining: how much longer it takes; None when it is not known.
        is_late: whether it took longer than ever already, and nothing is heard of it.
    """

    made: int
    asked: int
    percent: int | None
    message: str
    place: int | None
    preview: int
    elapsed: timedelta | None
    remaining: timedelta | None
    is_late: bool

    @property
    def has_preview(self) -> bool:
        """Whether ``preview_of`` has a picture."""
        return self.preview > 0


def of(step: GenerationStep, *, now: datetime) -> Progress:
    """Return how far a step is: exact in what is recorded, and in what was heard as good as the server's socket."""
    heard = heard_of(step.pk)
    made = step.images_retrieved + step.images_pending + step.images_failed
    done = _done(made, step.batch_size, heard)
    elapsed = now - step.submitted_at if step.submitted_at else None
    remaining = _remaining(step, done, now - heard.began if heard.began else elapsed)
    return Progress(
        made=made,
        asked=step.batch_size,
        percent=None if done is None else min(100, int(100 * done / step.batch_size)),
        message=heard.message or step.error_message or "",
        place=heard.place,
        preview=heard.preview,
        elapsed=elapsed,
        remaining=remaining,
        is_late=bool(elapsed and remaining is None and expected_seconds(step)),
    )


def _done(made: int, asked: int, heard: Heard) -> float | None:
    """Count finished pictures, and the one being made unless it is finished too; None while nothing is known."""
    if not made and heard.fraction is None:
        return None
    current = heard.fraction or 0.0 if heard.item > made or not heard.item else 0.0
    return min(made + current, float(asked))


def _remaining(step: GenerationStep, done: float | None, ran: timedelta | None) -> timedelta | None:
    """Work out the time that is left, without the pictures that had come before the step was sent last."""
    if ran is None:
        return None
    before = step.item_ids.count(0)
    share = max((done or 0.0) - before, 0.0) / max(step.batch_size - before, 1)
    usual = expected_seconds(step)
    return time_left(timedelta(seconds=usual) if usual else None, ran, min(share, 1.0))


def heard_of(step_id: UUID) -> Heard:
    """Return what was heard last."""
    kept = cache.get(_key(step_id))
    return Heard(**kept) if kept else Heard()


def tell(
    step_id: UUID,
    *,
    message: str = "",
    fraction: float | None = None,
    item: int | None = None,
    place: int | None = None,
    preview: bytes | None = None,
) -> None:
    """Keep what was heard. A preview stays until the next one comes, the fraction until the next picture begins."""
    before = heard_of(step_id)
    number = before.item if item is None else item
    kept = before.fraction if number == before.item else None
    heard = Heard(
        kept if fraction is None else fraction,
        number,
        message,
        place,
        before.preview + (preview is not None),
        before.began or (clock.now() if number else None),
    )
    if preview is not None:
        cache.set(_preview_key(step_id), preview, KEPT)
    if heard != before:
        cache.set(_key(step_id), asdict(heard), KEPT)


def preview_of(step_id: UUID) -> bytes | None:
    """Return the last preview as a JPEG, an eighth of the picture's size."""
    found = cache.get(_preview_key(step_id))
    return found if isinstance(found, bytes) else None


def forget(step_id: UUID) -> None:
    """Drop what was heard of a step that has ended."""
    cache.delete_many([_key(step_id), _preview_key(step_id)])


def _key(step_id: UUID) -> str:
    return f"step:{step_id}:heard"


def _preview_key(step_id: UUID) -> str:
    return f"step:{step_id}:preview"
