"""Pictures side by side: what each was made with, and in what they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from generation.models import StepAlternative
from photos.about import details, parameters
from photos.models import Photo

FEWEST, MOST = 2, 9
LETTERS = "ABCDEFGHI"
WORDS = ("Prompt", "Negative prompt")
FILE = ("Original", "Size")


@dataclass(frozen=True, slots=True)
class Beside:
    """One of the pictures.

    Attributes:
        photo: the picture.
        letter: what it is called on the page: A, B, C …
        step: the id of the step that made it, if one did.
        number: which of the step's pictures it is.
        session: the step's session.
        is_chosen: whether the owner chose it there.
    """

    photo: Photo
    letter: str
    step: UUID | None = None
    number: int = 0
    session: UUID | None = None
    is_chosen: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return f"Picture {self.letter}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether the other pictures have them in the same place."""

    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One setting of all the pictures; ``cells`` holds each one's value in pieces."""

    name: str
    cells: list[list[Piece]]
    differs: bool


def beside(ids: Sequence[UUID]) -> list[Beside]:
    """Return the pictures that can be looked at, in the order they are named, in a constant number of queries."""
    photos = Photo.objects.visible().in_bulk(list(dict.fromkeys(ids))[:MOST])
    ordered = [photos[pk] for pk in dict.fromkeys(ids) if pk in photos]
    origins = _origins(photos)
    return [
        Beside(photo, letter, *origins.get(photo.pk, ()))
        for letter, photo in zip(LETTERS, ordered, strict=False)
    ]  # fmt: skip


def lines(pictures: Sequence[Beside]) -> list[Line]:
    """Return what is known of the pictures, a line for each setting; those that differ come first."""
    told = [_told(one.photo) for one in pictures]
    names = dict.fromkeys(name for facts in told for name in facts)
    found = [_line(name, [facts.get(name, "") for facts in told]) for name in names]
    return sorted(found, key=lambda line: not line.differs)


def _origins(photos: Iterable[UUID]) -> dict[UUID, tuple[UUID, int, UUID, bool]]:
    """Return for each picture that a step made its step, its number there, the session and whether it is chosen."""
    made = StepAlternative.objects.filter(step__alternatives__image__in=photos).distinct().order_by("step", "pk")
    found: dict[UUID, tuple[UUID, int, UUID, bool]] = {}
    numbers: dict[UUID, int] = {}
    for step, image, session, is_chosen in made.values_list("step", "image", "step__session", "selected"):
        numbers[step] = numbers.get(step, 0) + 1
        found.setdefault(image, (step, numbers[step], session, is_chosen))
    return found


def _told(photo: Photo) -> dict[str, str]:
    """Return what is known of one picture: the words first, then how it was made, then what the camera wrote."""
    facts = [
        *details.made_with(photo),
        *parameters.more_parameters(photo),
        *details.camera(photo),
        *(fact for fact in details.file_facts(photo) if fact.name in FILE and not photo.is_generated),
    ]
    told = dict(zip(WORDS, (photo.generation_prompt, photo.generation_negative_prompt), strict=True))
    found = {name: words for name, words in told.items() if words}
    for fact in facts:
        found[fact.name] = f"{found[fact.name]}, {fact.value}" if fact.name in found else fact.value
    return found


def _line(name: str, values: list[str]) -> Line:
    """Compare the words of each picture with the first one's, and the first one's with the second one's."""
    differs = len(set(values)) > 1
    if not (differs and name in WORDS):
        return Line(name, [[Piece(value, differs=False)] if value else [] for value in values], differs)
    others = [values[1], *[values[0]] * (len(values) - 1)]
    return Line(name, [apart(own, other) for own, other in zip(values, others, strict=True)], differs)


def apart(words: str, others: str) -> list[Piece]:
    """Return a text in pieces: those it has in common with another text, and those it has for itself."""
    own = words.split()
    pieces = []
    for kind, start, end, _, _ in SequenceMatcher(None, own, others.split(), autojunk=False).get_opcodes():
        if end > start:
            pieces.append(Piece(" ".join(own[start:end]), differs=kind != "equal"))
    return pieces
