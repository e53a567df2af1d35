"""Keep one path through a tree, and let the other pictures of its branch go to the trash. Steps stay as records."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from generation.models import GenerationStep, StepAlternative
from generation.sessions import tree
from generation.sessions.branches import branch_of, laid_out, way_to
from generation.sessions.tree import Made
from photos import extensions
from photos.models import Photo
from photos.querysets import PhotoQuerySet

DIGEST = 16


@dataclass(frozen=True, slots=True)
class Leaving:
    """A picture that is not on the path.

    Attributes:
        photo: which.
        reasons: why the owner may want it all the same; it stays unless it is let go by name.
    """

    photo: Photo
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would stay and what would go.

    Attributes:
        step: where the path ends.
        begins: the steps a branch may begin with, from the tree's root to the end of the path.
        branch: the one it begins with.
        kept: the pictures of the path, in its order.
        going: the pictures nothing speaks for.
        dear: those something speaks for.
    """

    step: GenerationStep
    begins: list[GenerationStep]
    branch: GenerationStep
    kept: list[Photo]
    going: list[Photo]
    dear: list[Leaving]

    @property
    def mark(self) -> str:
        """What changes when the proposal does, so that nothing goes that was not shown."""
        told = [f"{photo.pk}" for photo in self.going] + [f"{one.photo.pk}{one.reasons}" for one in self.dear]
        return hashlib.sha256("".join(told).encode()).hexdigest()[:DIGEST]

    def without(self, also: Collection[UUID]) -> PhotoQuerySet:
        """Return the photos that go: what nothing speaks for, and of the others those that are let go by name."""
        keys = [photo.pk for photo in self.going] + [one.photo.pk for one in self.dear if one.photo.pk in also]
        return Photo.objects.filter(pk__in=keys)


def propose(step: GenerationStep, *, branch: str = "") -> Proposal:
    """Return what keeping the path to a step would mean.

    Args:
        step: where the path ends.
        branch: the id of the step on the path whose branch is tidied; nonsense and nothing mean the whole tree.
    """
    steps = {one.pk: one for one in tree.light(step.session.steps.all()).order_by("position", "created_at", "pk")}
    places = laid_out({one.pk: one.parent_id for one in steps.values()})
    way = [steps[key] for key in way_to(places, step.pk)]
    begin = next((one for one in way if str(one.pk) == branch), way[0])
    made = tree.made_by(StepAlternative.objects.filter(step__session=step.session_id))
    kept = _on_path(way, made)
    away = _away([made[key] for key in branch_of(places, begin.pk)], kept)
    photos = Photo.objects.for_grid().in_bulk([*kept, *away])
    reasons = _reasons(away, photos, steps.values())
    return Proposal(
        step,
        begins=way,
        branch=begin,
        kept=[photos[pk] for pk in kept if pk in photos],
        going=[photos[pk] for pk in away if pk in photos and pk not in reasons],
        dear=[Leaving(photos[pk], reasons[pk]) for pk in away if pk in photos and pk in reasons],
    )


def _on_path(way: list[GenerationStep], made: Mapping[UUID, list[Made]]) -> list[UUID]:
    """Return the pictures the path leads through: those the next step grew from, and those chosen on the way.

    Where the path ends and nothing is chosen, nothing is decided: all of that step's pictures stay.
    """
    kept: dict[UUID, None] = {}
    for step, following in zip(way, [*way[1:], None], strict=True):
        own = [one.photo for one in made[step.pk] if one.is_kept]
        leads_on = {step.selected_image_id, following.source_image_id if following else None}
        wanted = [photo for photo in own if photo in leads_on]
        kept |= dict.fromkeys(wanted or ([] if following else own))
    return list(kept)


def _away(steps: Iterable[list[Made]], kept: Iterable[UUID]) -> list[UUID]:
    """Return the other pictures, each once; what is still to be fetched is not yet decided about."""
    stays = set(kept)
    found = dict.fromkeys(one.photo for own in steps for one in own if one.is_kept and one.is_here)
    return [photo for photo in found if photo not in stays]


def _reasons(away: list[UUID], photos: Mapping[UUID, Photo], steps: Iterable[GenerationStep]) -> dict[UUID, list[str]]:
    """Return for some of the pictures why they matter to the owner."""
    chosen = {step.selected_image_id for step in steps}
    elsewhere = GenerationStep.objects.filter(source_image__in=away).exclude(pk__in=[step.pk for step in steps])
    led_on = set(elsewhere.values_list("source_image", flat=True))
    found: dict[UUID, list[str]] = defaultdict(list)
    for pk in away:
        told = {"favourite": photos[pk].is_favorite, "chosen": pk in chosen, "led to another session": pk in led_on}
        found[pk] = [reason for reason, holds in told.items() if pk in photos and holds]
    for reason_for in extensions.reasons_to_keep():
        for pk, reason in reason_for(away).items():
            found[pk].append(reason)
    return {pk: reasons for pk, reasons in found.items() if reasons}
