"""The picture a request grows from: which it is, where it came from, and the size it is worked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from generation.models import GenerationStep, StepAlternative
from generation.recipes import rules
from generation.recipes.bases import BASES
from generation.recipes.recipe import Margins, SourcePicture
from generation.recipes.shapes import TOLERANCE, Size, nearest
from photos.models import Photo

# A family of models holds a picture together up to so many times the area it was trained at, when it has one to follow.
MOST_AREAS = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a picture of the library was made; both are None for one that was brought in."""

    step: GenerationStep | None = None
    number: int | None = None

    @property
    def label(self) -> str:
        """Its place in a few words; empty for one that was brought in."""
        return f"Picture {self.number} of step {self.step.position}" if self.step else ""


def find(pk: str) -> Photo | None:
    """Return the picture of this id if it is in the library, with its bytes; nonsense finds nothing."""
    try:
        return Photo.objects.visible().filter(pk=UUID(pk)).first()
    except ValueError:
        return None


def origin_of(photo: Photo) -> Origin:
    """Return the step a picture was made in, and its number there."""
    made = StepAlternative.objects.filter(image=photo).select_related("step").order_by("pk").first()
    if made is None:
        return Origin()
    return Origin(made.step, StepAlternative.objects.filter(step=made.step, pk__lte=made.pk).count())


def picture_of(photo: Photo) -> SourcePicture:
    """Return a picture as a recipe names it."""
    return SourcePicture(str(photo.pk), photo.width, photo.height)


def margins_of(values: Mapping[str, int | None]) -> Margins:
    """Return how far a picture is continued, from the form's four numbers; one that is missing is 0."""
    return Margins(**{side: values.get(f"margin_{side}") or 0 for side in ("left", "top", "right", "bottom")})


def size_like(photo: Photo, base: str, margins: Margins | None = None) -> Size:
    """Return the size a model works at so that nothing of a picture is cut off or bent.

    It is the picture's own, in the family's steps. One that is too large is worked at smaller.

    Args:
        photo: any of the library.
        base: a family of models; one that is unknown leaves the size as it is.
        margins: what is added around it.
    """
    around = margins or Margins()
    width, height = photo.width + around.left + around.right, photo.height + around.top + around.bottom
    if base not in BASES:
        return Size(width, height)
    by = min(1, _reach(base, width, height))
    return Size(*(_side(length * by, BASES[base].multiple) for length in (width, height)))


def part_size(photo: Photo, base: str, margins: Margins | None = None) -> Size:
    """Return the size at which a model paints a part of a picture: its shape, and at least what the family was made at.

    The part is brought back to the picture's own size in the end, so a small picture gains by it.
    """
    size = size_like(photo, base, margins)
    if base not in BASES or size.width * size.height >= (1 - TOLERANCE) * BASES[base].side ** 2:
        return size
    longest = rules.LARGEST_SIDE / max(size.width, size.height)
    by = min(BASES[base].side / sqrt(size.width * size.height), longest)
    return Size(*(_side(length * by, BASES[base].multiple) for length in (size.width, size.height)))


def _reach(base: str, width: int, height: int) -> float:
    """Return how much larger it may be in each direction; below 1 it is too large."""
    area: float = MOST_AREAS * BASES[base].side ** 2
    if width * height > area:
        area = BASES[base].side ** 2 * 1.5
    return min(sqrt(area / (width * height)), rules.LARGEST_SIDE / max(width, height))


def _side(length: float, multiple: int) -> int:
    low, high = rules.SMALLEST_SIDE, rules.LARGEST_SIDE // multiple * multiple
    return min(high, max(low, nearest(length, multiple)))
