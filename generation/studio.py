"""What the studio shows: a session's steps in order, and the one on the stage with its pictures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep, StepAlternative
from photos.models import Photo

COUNTS = {1: "1 picture"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One alternative: its place in the strip, and whether it is chosen or looked at."""

    number: int
    photo: Photo
    is_chosen: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its pictures, for a row of the list and for the stage.

    Attributes:
        pictures: without those in the trash, which leave a gap in the numbers.
        made: how many there are with those.
    """

    step: GenerationStep
    pictures: list[Picture]
    made: int
    is_here: bool

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
        return list(range(self.made + 1, self.step.batch_size + 1)) if self.step.is_under_way else []

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
        """What changes when the stage must be drawn anew, in a few characters."""
        return f"{self.step.status[:2]}{self.made}-{self.landed}-{self.step.images_failed}"

    @property
    def note(self) -> str:
        """What came of it, in a few words."""
        if self.step.is_under_way:
            return f"{self.landed} of {self.step.batch_size} here"
        if self.chosen:
            return f"picture {self.chosen.number}"
        if self.step.status == StepStatus.FAILED and not self.pictures:
            return "Failed"
        return count_of(len(self.pictures))


@dataclass(frozen=True, slots=True)
class Studio:
    """A session as the page shows it; without one, where a new one begins."""

    session: GenerationSession | None
    steps: list[StepView]

    @property
    def stage(self) -> StepView | None:
        """The step on the stage; None in a session without steps."""
        return next((view for view in self.steps if view.is_here), None)

    @property
    def title(self) -> str:
        """The words the session began with."""
        first = min(self.steps, key=lambda view: view.step.position or 0, default=None)
        return first.step.prompt if first else "New session"

    @property
    def note(self) -> str:
        """How much is in it."""
        steps = f"{len(self.steps)} {'step' if len(self.steps) == 1 else 'steps'}"
        return f"{steps}, {count_of(sum(len(view.pictures) for view in self.steps))}"

    @property
    def is_running(self) -> bool:
        """Whether any step may still bring something."""
        return any(view.step.is_under_way for view in self.steps)


def studio_of(session: GenerationSession, *, step: str = "", image: str = "") -> Studio:
    """Return the session in two queries, however many steps it has.

    Args:
        session: whose studio it is.
        step: the id of the step on the stage; nonsense and nothing mean the newest.
        image: the id of the picture on the stage; nonsense and nothing mean the chosen one, else the first.
    """
    steps = list(with_pictures(session.steps.order_by("position", "created_at", "pk")))
    here = next((found.pk for found in steps if str(found.pk) == step), steps[-1].pk if steps else None)
    return Studio(session, [_view(found, here, image) for found in in_tree_order(steps)])


def step_view(step: GenerationStep, *, image: str = "") -> StepView:
    """Return one step as the stage shows it; see ``studio_of``."""
    return _view(step, step.pk, image)


def with_pictures(steps: QuerySet[GenerationStep]) -> QuerySet[GenerationStep]:
    """Load the steps' pictures with them, in the order they were made."""
    alternatives = StepAlternative.objects.select_related("image").order_by("pk")
    return steps.prefetch_related(Prefetch("alternatives", queryset=alternatives))


def in_tree_order(steps: Iterable[GenerationStep]) -> Iterator[GenerationStep]:
    """Yield each step before its children, and all of a branch before the next one.

    Args:
        steps: by position, all of one session; one whose parent is not among them counts as a root.
    """
    steps = list(steps)
    known = {step.pk for step in steps}
    children: dict[UUID | None, list[GenerationStep]] = defaultdict(list)
    for step in steps:
        children[step.parent_id if step.parent_id in known else None].append(step)
    waiting = children[None][::-1]
    while waiting:
        step = waiting.pop()
        yield step
        waiting += children[step.pk][::-1]


def count_of(pictures: int) -> str:
    """Say a number of pictures."""
    return COUNTS.get(pictures, f"{pictures} pictures")


def _view(step: GenerationStep, here: UUID | None, image: str) -> StepView:
    photos = [alternative.image for alternative in step.alternatives.all()]
    kept = {number: photo for number, photo in enumerate(photos, start=1) if not photo.in_trash}
    shown = _shown(list(kept.values()), step.selected_image_id, image) if step.pk == here else None
    pictures = [
        Picture(number, photo, is_chosen=photo.pk == step.selected_image_id, is_shown=photo.pk == shown)
        for number, photo in kept.items()
    ]
    return StepView(step, pictures, made=len(photos), is_here=step.pk == here)


def _shown(photos: list[Photo], chosen: UUID | None, asked: str) -> UUID | None:
    """Prefer what was asked for, then the chosen picture, then the first that is here, then any."""
    known = {photo.pk for photo in photos}
    for photo in photos:
        if str(photo.pk) == asked:
            return photo.pk
    if chosen in known:
        return chosen
    return next((photo.pk for photo in photos if photo.is_here), photos[0].pk if photos else None)
