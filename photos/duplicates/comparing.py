"""What tells pictures apart that look alike."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateformat import format as format_date

from photos import extensions
from photos.about import details
from photos.choices import TraitKind
from photos.models import Photo, PhotoTrait

LOSSLESS = {"image/png", "image/tiff"}
Texts = Callable[[Photo], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact about a picture, and whether it is the same for all of its group."""

    name: str
    value: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A picture beside others of its look; the one that seems best to keep is suggested."""

    photo: Photo
    rows: list[Row]
    is_suggested: bool


def compare(groups: list[list[Photo]]) -> list[list[Compared]]:
    """Return the facts about each picture, in a constant number of queries for all groups."""
    keys = [photo.pk for group in groups for photo in group]
    lists: dict[str, Mapping[UUID, list[str]]] = {"Tags": tags_of(keys)}
    lists |= {belonging.label: belonging.names(keys) for belonging in extensions.belongings()}
    return [_compared(group, lists) for group in groups]


def tags_of(photos: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the owner's tags of those photos that have any."""
    found: dict[UUID, list[str]] = defaultdict(list)
    links = PhotoTrait.objects.filter(photo__in=photos, trait__kind=TraitKind.TAG).order_by("trait__folded")
    for photo, tag in links.values_list("photo_id", "trait__value"):
        found[photo].append(tag)
    return dict(found)


def suggested(group: list[Photo]) -> Photo:
    """Return the picture that seems best to keep: the largest, then what says how it was made, then the owner's choice.

    Of those that are equal in all this a file that lost nothing when it was saved, else the largest file.
    """
    return max(group, key=_worth)


def _worth(photo: Photo) -> tuple[int, bool, bool, int, bool, int]:
    pixels, says_how = photo.width * photo.height, bool(photo.generation_prompt)
    is_lossless = photo.mime_type in LOSSLESS
    return pixels, says_how, photo.is_favorite, photo.rating, is_lossless, photo.file_size


def _compared(group: list[Photo], lists: dict[str, Mapping[UUID, list[str]]]) -> list[Compared]:
    columns = {name: [text(photo) for photo in group] for name, text in FACTS.items()}
    for name, values in lists.items():
        columns[name] = [", ".join(sorted(values.get(photo.pk, []))) for photo in group]
    said = {name: values for name, values in columns.items() if any(values)}
    best = suggested(group) if group else None
    return [
        Compared(photo, _rows(said, place), is_suggested=photo is best and len(group) > 1)
        for place, photo in enumerate(group)
    ]


def _rows(columns: dict[str, list[str]], place: int) -> list[Row]:
    return [Row(name, values[place], differs=len(set(values)) > 1) for name, values in columns.items()]


def _file(photo: Photo) -> str:
    kind = details.FORMATS.get(photo.mime_type, photo.mime_type.removeprefix("image/").upper())
    return f"{kind}, {filesizeformat(photo.file_size)}"


def _marks(photo: Photo) -> str:
    stars = f"{photo.rating} of 5" if photo.rating else ""
    return ", ".join(filter(None, ["favourite" if photo.is_favorite else "", stars]))


def _date(photo: Photo) -> str:
    return format_date(timezone.localtime(photo.taken_at), "j F Y, H:i")


def _seed(photo: Photo) -> str:
    seed = (photo.generation_params or {}).get("seed")
    return "" if seed is None else str(seed)


FACTS: dict[str, Texts] = {
    "Size": lambda photo: f"{photo.width:,} × {photo.height:,}",
    "File": _file,
    "Date": _date,
    "Name": lambda photo: photo.original_name,
    "Title": lambda photo: photo.title,
    "Model": lambda photo: photo.model_name,
    "Seed": _seed,
    "Marks": _marks,
}
