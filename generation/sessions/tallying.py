"""How much is in a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from generation.models import GenerationSession, StepAlternative
from generation.showing.wording import count_of, steps_of

if TYPE_CHECKING:
    from generation.sessions.tree import Row


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one session; pictures in the trash do not count."""

    steps: int
    pictures: int
    chosen: int
    is_running: bool

    @property
    def note(self) -> str:
        """The counts in words."""
        chosen = f", {self.chosen:,} chosen" if self.chosen else ""
        return f"{steps_of(self.steps)}, {count_of(self.pictures)}{chosen}"


def tally_of(rows: "Iterable[Row]") -> Tally:
    """Count what the tree shows."""
    rows = list(rows)
    return Tally(
        steps=len(rows),
        pictures=sum(row.kept for row in rows),
        chosen=sum(row.chosen > 0 for row in rows),
        is_running=any(row.is_under_way for row in rows),
    )


def tally_in(session: GenerationSession) -> Tally:
    """Count in the database, where the tree is not needed."""
    kept = StepAlternative.objects.filter(step__session=session, image__deleted_at=None)
    counted = kept.aggregate(pictures=Count("pk"), chosen=Count("pk", filter=Q(selected=True)))
    return Tally(session.steps.count(), is_running=session.steps.under_way().exists(), **counted)
