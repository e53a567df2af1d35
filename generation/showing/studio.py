"""What the studio shows: a session's tree, and the step on the stage with its pictures."""

from dataclasses import dataclass, field
from itertools import zip_longest
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep, StepAlternative
from generation.running.cancelling import items_left
from generation.sessions.tallying import Tally, tally_of
from generation.sessions.tree import Row, note_of, on_stage, rows_of
from photos.models import Photo
from photos.querysets import GRID_FIELDS


@dataclass(frozen=True, slots=True)
class Picture:
    """One alternative: its place in the strip, and whether it is chosen or looked at."""

    number: int
    photo: Photo
    is_chosen: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """One picture still to come, and its item in the server's queue; None when that is not known."""

    number: int
    item: int | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its pictures, as the stage shows it.

    Attributes:
        pictures: without those in the trash, which leave a gap in the numbers.
        made: how many there are with those.
    """

    step: GenerationStep
    pictures: list[Picture]
    made: int

    @property
    def shown(self) -> Picture | None:
        """The picture on the stage."""
        return next((picture for picture in self.pictures if picture.is_shown), None)

    @property
    def chosen(self) -> Picture | None:
        """The picture the owner chose."""
        return next((picture for picture in self.pictures if picture.is_chosen), None)

    @property
    def cover(self) -> Photo | None:
        """The chosen picture, else the first one that is here."""
        here = next((picture for picture in self.pictures if picture.photo.is_here), None)
        best = self.chosen or here
        return best.photo if best else None

    @property
    def landed(self) -> int:
        """How many pictures are in the library."""
        return sum(picture.photo.is_here for picture in self.pictures)

    @property
    def coming(self) -> list[int]:
        """The numbers of the pictures the server has still to make."""
        last = self.step.batch_size - len(self.step.skipped_items)
        return list(range(self.made + 1, last + 1)) if self.step.is_under_way else []

    @property
    def waiting(self) -> list[Waiting]:
        """The coming pictures, each with the server's item that can be cancelled, as far as it is known."""
        numbers = self.coming
        items = items_left(self.step) if self.step.status == StepStatus.PROCESSING else []
        return [Waiting(number, item) for number, item in zip_longest(numbers, items[: len(numbers)])]

    @property
    def ratio(self) -> float:
        """Width by height of what was asked for, to keep the place of what comes."""
        asked = self.step.parameters
        return round(float(asked.get("width", 1)) / float(asked.get("height") or 1), 3)

    @property
    def is_unfinished(self) -> bool:
        """Whether the page should look again: something is being made or fetched."""
        return self.step.is_under_way or self.step.images_pending > 0

    @property
    def mark(self) -> str:
        """What changes when the stage must be drawn anew, in a few characters.

        A picture can be here a moment before it is counted: without what is counted the page would ask for ever.
        """
        step = self.step
        return f"{step.status[:2]}{self.made}-{self.landed}-{step.images_pending}-{step.images_failed}"

    @property
    def note(self) -> str:
        """What came of it, in a few words."""
        chosen = self.chosen.number if self.chosen else 0
        return note_of(self.step, landed=self.landed, chosen=chosen, kept=len(self.pictures), made=self.made)


@dataclass(frozen=True, slots=True)
class Studio:
    """A session as the page shows it; without one, where a new one begins."""

    session: GenerationSession | None
    rows: list[Row] = field(default_factory=list)
    stage: StepView | None = None

    @property
    def steps(self) -> list[Row]:
        """The rows that are steps."""
        return [row for row in self.rows if row.is_step]

    @property
    def lanes(self) -> int:
        """How many lanes its tree needs."""
        return 1 + max((row.place.lane for row in self.rows), default=0)

    @property
    def title(self) -> str:
        """The session's name, else the words it began with."""
        if self.session and self.session.name:
            return self.session.name
        first = min(self.steps, key=lambda row: row.position, default=None)
        return first.title if first else "New session"

    @property
    def tally(self) -> Tally:
        """How much is in it."""
        return tally_of(self.steps)

    @property
    def is_running(self) -> bool:
        """Whether any step may still bring something."""
        return self.tally.is_running


def studio_of(session: GenerationSession, *, step: str = "", image: str = "") -> Studio:
    """Return the session with its tree and its stage, in a few queries however many steps it has.

    Args:
        session: whose studio it is.
        step: the id of the step on the stage; nonsense and nothing mean the newest.
        image: the id of the picture on the stage; nonsense and nothing mean the chosen one, else the first.
    """
    rows = rows_of(session)
    steps = [row for row in rows if row.is_step]
    newest = max(steps, key=lambda row: row.position, default=None)
    here = next((row.place.key for row in steps if str(row.place.key) == step), newest.place.key if newest else None)
    staged = with_pictures(GenerationStep.objects.filter(pk=here)).first() if here else None
    return Studio(session, on_stage(rows, here), step_view(staged, image=image) if staged else None)


def step_view(step: GenerationStep, *, image: str = "") -> StepView:
    """Return one step as the stage shows it, with the picture that is asked for as in ``studio_of``."""
    photos = [alternative.image for alternative in step.alternatives.all()]
    kept = {number: photo for number, photo in enumerate(photos, start=1) if not photo.in_trash}
    shown = _shown(list(kept.values()), step.selected_image_id, image)
    pictures = [
        Picture(number, photo, is_chosen=photo.pk == step.selected_image_id, is_shown=photo.pk == shown)
        for number, photo in kept.items()
    ]
    return StepView(step, pictures, made=len(photos))


def with_pictures(steps: QuerySet[GenerationStep]) -> QuerySet[GenerationStep]:
    """Load the steps' pictures with them, in the order they were made."""
    fields = [f"image__{name}" for name in (*GRID_FIELDS, "metadata")]
    alternatives = StepAlternative.objects.select_related("image").only("step_id", *fields).order_by("pk")
    return steps.prefetch_related(Prefetch("alternatives", queryset=alternatives))


def _shown(photos: list[Photo], chosen: UUID | None, asked: str) -> UUID | None:
    """Prefer what was asked for, then the chosen picture, then the first that is here, then any."""
    known = {photo.pk for photo in photos}
    for photo in photos:
        if str(photo.pk) == asked:
            return photo.pk
    if chosen in known:
        return chosen
    return next((photo.pk for photo in photos if photo.is_here), photos[0].pk if photos else None)
