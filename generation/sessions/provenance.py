"""What the studio knows of one photo: the step that made it, the steps before that, and what grew from it anywhere."""

from dataclasses import dataclass, field
from uuid import UUID

from generation.comparisons.comparing import MOST
from generation.models import GenerationSession, GenerationStep
from generation.sessions.kinship import grown_from, sessions_from, way_of
from generation.sessions.tree import Row, light, rows_apart
from generation.showing.studio import StepView, step_view, with_pictures

# A long way is shown from where it is nearest to the picture.
WAY_SHOWN, GROWN_SHOWN = 12, 8


@dataclass(frozen=True, slots=True)
class Grown:
    """A step that grew from the photo, and whether that was in another session than the one that made it."""

    row: Row
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is told of a photo.

    Attributes:
        view: the step that made it, with its pictures; None when none did.
        way: the steps that led there, itself included.
        grown: steps that grew from it.
        more_grown: how many more did.
        begun: sessions that began with it, in which nothing was asked for yet.
    """

    view: StepView | None = None
    way: list[Row] = field(default_factory=list)
    grown: list[Grown] = field(default_factory=list)
    more_grown: int = 0
    begun: list[GenerationSession] = field(default_factory=list)

    @property
    def comparable(self) -> list[UUID]:
        """The pictures of its step that can be looked at beside it."""
        here = [picture.photo.pk for picture in self.view.pictures if picture.photo.is_here] if self.view else []
        return here[:MOST]

    def __bool__(self) -> bool:
        return bool(self.view or self.grown or self.begun)


def told_of(photo_id: UUID) -> Provenance:
    """Return what is known, in a number of queries that does not grow with it."""
    step = with_pictures(GenerationStep.objects.holding(photo_id).order_by("created_at")).first()
    grown = list(light(grown_from(photo_id))[: GROWN_SHOWN + 1])
    count = grown_from(photo_id).count() if len(grown) > GROWN_SHOWN else len(grown)
    shown = grown[:GROWN_SHOWN]
    return Provenance(
        view=step_view(step, image=str(photo_id)) if step else None,
        way=_way_to(step) if step else [],
        grown=[
            Grown(row, is_elsewhere=one.session_id != (step.session_id if step else None))
            for one, row in zip(shown, rows_apart(shown), strict=True)
        ],
        more_grown=count - len(shown),
        begun=list(sessions_from(photo_id).filter(steps=None)[:GROWN_SHOWN]),
    )


def _way_to(step: GenerationStep) -> list[Row]:
    keys = way_of(step)[-WAY_SHOWN:]
    steps = {one.pk: one for one in light(GenerationStep.objects.filter(pk__in=keys))}
    return rows_apart([steps[key] for key in keys])
