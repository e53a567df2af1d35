"""The rows of a session's tree: what each step asked for, what came of it, and which picture it grew from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models.functions import Left
from django.urls import reverse

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep, StepAlternative
from generation.sessions.branches import Place, laid_out, passing, way_to
from generation.sessions.titling import COMPARED, titles_of
from generation.showing.wording import count_of, date_of
from photos.choices import RetrievalStatus
from photos.models import Photo

LIGHT = (
    "session_id", "parent_id", "source_image_id", "selected_image_id", "position", "created_at", "status",
    "batch_size", "images_retrieved", "images_pending", "images_failed", "sweep", "sweep_cell",
    "repeats_id",
)  # fmt: skip


class Made(NamedTuple):
    """One picture of a step, as little of it as a row needs."""

    photo: UUID
    is_kept: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tree: a step, or a picture from elsewhere that steps grew from.

    Attributes:
        place: where it lies.
        title: what is new about it beside the step it grew from, or the picture's name.
        note: what came of it, in a few words.
        url: where it is shown; empty for a picture that is gone.
        status: how far the step is; empty for a picture.
        cover: the chosen picture, else the first that is here.
        grew_from: the number of the parent's picture it grew from; 0 when it grew from the request alone.
        kept: how many pictures it has, without those in the trash.
        chosen: which of the kept ones is chosen, from 1; 0 for none.
        coming: how many the server has still to make.
        mark: changes when something comes of it.
        is_unfinished: whether something may still come of it, or be fetched.
        position: which of the session's steps it is, in time.
        is_here: whether it is on the stage.
        is_on_way: whether the way to the stage leads through it.
        passed: the lane in which that way passes by; None when it does not.
    """

    place: Place
    title: str
    note: str
    url: str
    status: str = ""
    cover: Photo | None = None
    grew_from: int = 0
    kept: int = 0
    chosen: int = 0
    coming: int = 0
    mark: str = ""
    is_unfinished: bool = False
    position: int = 0
    is_here: bool = False
    is_on_way: bool = False
    passed: int | None = None

    @property
    def is_step(self) -> bool:
        """Whether it is a step; else it is a picture steps grew from."""
        return bool(self.status)

    @property
    def is_under_way(self) -> bool:
        """Whether something may still come of it."""
        return self.status in {StepStatus.PENDING, StepStatus.PROCESSING}


def rows_of(session: GenerationSession, *, here: UUID | None = None) -> list[Row]:
    """Return a session's rows in the order they are drawn, in a few queries however many there are."""
    steps = {step.pk: step for step in light(session.steps.all()).order_by("position", "created_at", "pk")}
    sources = _sources(session, steps.values())
    places = laid_out(_parents(sources, steps))
    made = made_by(StepAlternative.objects.filter(step__session=session))
    covers = _covers(steps.values(), made, sources)
    origins, titles = _origins(sources), titles_of(steps.values(), steps)
    rows = [
        _step_row(place, steps[place.key], made, covers, titles[place.key]) if place.key in steps
        else _source_row(place, covers.get(place.key), origins.get(place.key, ""))
        for place in places
    ]  # fmt: skip
    return on_stage(rows, here) if here else rows


def on_stage(rows: list[Row], here: UUID | None) -> list[Row]:
    """Mark the way to the step on the stage."""
    places = [row.place for row in rows]
    way = way_to(places, here)
    passed, led_through = passing(places, way), set(way)
    return [
        replace(
            row, is_here=row.place.key == here, is_on_way=row.place.key in led_through, passed=passed.get(row.place.key)
        )
        for row in rows
    ]


def rows_apart(steps: Sequence[GenerationStep]) -> list[Row]:
    """Return the rows of some steps out of their trees, for what is told of them elsewhere; in a few queries."""
    before = light(GenerationStep.objects.filter(pk__in=[step.parent_id for step in steps if step.parent_id]))
    parents = {step.pk: step for step in before}
    made = made_by(StepAlternative.objects.filter(step__in=[*parents, *(step.pk for step in steps)]))
    covers, titles = _covers(steps, made, []), titles_of(steps, parents)
    return [
        _step_row(Place(step.pk, step.parent_id, lane=0, level=1, is_side=False), step, made, covers, titles[step.pk])
        for step in steps
    ]


def light(steps: Any) -> Any:
    """Load of some steps what their rows need; the words only as far as they are shown."""
    return steps.only(*LIGHT).annotate(words=Left("prompt", COMPARED))


def made_by(alternatives: Any) -> dict[UUID, list[Made]]:
    """Return the pictures of each step, in the order of their numbers."""
    found: dict[UUID, list[Made]] = defaultdict(list)
    columns = ("step_id", "image_id", "image__deleted_at", "image__retrieval_status")
    for step, photo, deleted_at, status in alternatives.order_by("pk").values_list(*columns):
        found[step].append(Made(photo, deleted_at is None, status == RetrievalStatus.COMPLETED))
    return found


def mark_of(step: GenerationStep) -> str:
    """Return what changes when something came of a step, in a few characters."""
    return f"{step.status[:2]}{step.images_retrieved}-{step.images_pending}-{step.images_failed}"


def _parents(sources: Iterable[UUID], steps: Mapping[UUID, GenerationStep]) -> dict[UUID, UUID | None]:
    parents: dict[UUID, UUID | None] = dict.fromkeys(sources)
    for step in steps.values():
        parents[step.pk] = step.parent_id if step.parent_id in steps else step.source_image_id
    return parents


def _sources(session: GenerationSession, steps: Iterable[GenerationStep]) -> list[UUID]:
    """Return the pictures from elsewhere that a tree of this session begins with."""
    known = {step.pk for step in steps}
    named = [step.source_image_id for step in steps if step.parent_id not in known]
    return list(dict.fromkeys(key for key in [session.source_image_id, *named] if key))


def _covers(
    steps: Iterable[GenerationStep], made: Mapping[UUID, list[Made]], sources: Iterable[UUID]
) -> dict[UUID, Photo]:
    best = [_cover_of(step, made.get(step.pk, [])) for step in steps]
    wanted = {key for key in [*best, *sources] if key}
    return Photo.objects.for_lineage().in_bulk(wanted) if wanted else {}


def _cover_of(step: GenerationStep, made: list[Made]) -> UUID | None:
    kept = [one.photo for one in made if one.is_kept]
    if step.selected_image_id in kept:
        return step.selected_image_id
    return next((one.photo for one in made if one.is_kept and one.is_here), None)


def _origins(sources: Iterable[UUID]) -> dict[UUID, str]:
    """Return where pictures from elsewhere were made, for those that a step made."""
    rows = StepAlternative.objects.filter(image__in=sources).values_list("image_id", "step_id", "step__session_id")
    return {
        image: f"{reverse('generation:session', args=[session])}?step={step}&image={image}"
        for image, step, session in rows
    }


def _step_row(
    place: Place,
    step: GenerationStep,
    made: Mapping[UUID, list[Made]],
    covers: Mapping[UUID, Photo],
    title: str,
) -> Row:
    own = made.get(step.pk, [])
    kept = [one.photo for one in own if one.is_kept]
    number = _number_in(own, step.selected_image_id) if step.selected_image_id in kept else 0
    landed = sum(one.is_kept and one.is_here for one in own)
    cover = _cover_of(step, own)
    return Row(
        place=place,
        title=title,
        note=note_of(step, landed=landed, chosen=number, kept=len(kept), made=len(own)),
        url=step.get_absolute_url(),
        status=step.status,
        cover=covers.get(cover) if cover else None,
        grew_from=_number_in(made.get(step.parent_id, []), step.source_image_id) if step.parent_id else 0,
        kept=len(kept),
        chosen=kept.index(step.selected_image_id) + 1 if number and step.selected_image_id else 0,
        coming=max(0, step.batch_size - len(own)) if step.is_under_way else 0,
        mark=mark_of(step),
        is_unfinished=step.is_under_way or step.images_pending > 0,
        position=step.position or 0,
    )


def _source_row(place: Place, photo: Photo | None, origin: str) -> Row:
    if photo is None or photo.purged_at:
        return Row(place, "A picture that is gone", "deleted for good", "")
    note = "from another session" if origin else f"{_kind(photo)}, {date_of(photo.taken_at)}"
    return Row(place, str(photo), note, origin or photo.get_absolute_url(), cover=photo)


def _kind(photo: Photo) -> str:
    if photo.deleted_at:
        return "In the trash"
    return "Picture" if photo.is_generated else "Photograph"


def _number_in(made: list[Made], photo: UUID | None) -> int:
    return next((number for number, one in enumerate(made, start=1) if one.photo == photo), 0)


def note_of(step: GenerationStep, *, landed: int, chosen: int, kept: int, made: int) -> str:
    """Return what came of a step, in a few words."""
    if step.is_under_way:
        return f"{landed} of {step.batch_size} here"
    if chosen:
        return f"picture {chosen}"
    if step.status == StepStatus.FAILED and not made:
        return "Failed"
    return count_of(kept) if kept or not made else "all in the trash"
