"""What a visitor's pages say, and nothing the link does not show: no name, date or prompt slips in by the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from photos.about import details
from photos.about.details import Fact
from photos.models import Photo
from sharing import reach
from sharing.choices import ShownPath
from sharing.gate import Admission
from sharing.models import SharedLink

UNTITLED = "Shared pictures"
ONE_UNTITLED = "A shared picture"
# The server's address and the day it was added are nobody's business.
SHOWN_FILE_FACTS = {"Name", "Original", "Size"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the grid, and what a screen reader says of it."""

    photo: Photo
    alt: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some facts under a heading."""

    name: str
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Step:
    """One picture on the way from the first source."""

    photo: Photo
    name: str
    address: str
    prompt: str
    is_shown: bool

    @property
    def alt(self) -> str:
        """What a screen reader says of it."""
        return self.name


def heading(link: SharedLink) -> str:
    """Return what stands above the pictures."""
    if link.title:
        return link.title
    if link.album:
        return link.album.name
    return details.heading(link.photo) if link.photo and link.show_details else ONE_UNTITLED


def words(link: SharedLink) -> str:
    """Return the owner's words under it."""
    if link.album:
        return link.album.description or ""
    return link.photo.description if link.photo and link.show_details else ""


def preview(request: HttpRequest, link: SharedLink, photo: Photo | None) -> dict[str, str]:
    """Return what a messenger shows of the link: absolute addresses; the picture's is empty without one."""
    image = reverse("sharing:preview", args=[link.access_key]) if photo else ""
    return {
        "address": request.build_absolute_uri(link.address),
        "preview": request.build_absolute_uri(image) if image else "",
    }


def pictures(link: SharedLink, photos: Iterable[Photo], first: int) -> list[Picture]:
    """Return the pictures of one page; ``first`` is the number of the first, 0 when it is not counted."""
    return [Picture(photo, _alt(link, photo, first and first + at)) for at, photo in enumerate(photos)]


def photo_page(admission: Admission, photo: Photo | None) -> dict[str, Any]:
    """Return everything the page of one picture says."""
    link = admission.link
    around = reach.around(link, photo) if photo and not admission.is_ancestor else reach.Around()
    is_page = bool(photo and photo.pk == link.photo_id)
    told = _details(photo, link) if photo and admission.shows_details else {}
    steps = _steps(link, photo) if photo and link.show_path != ShownPath.NONE else []
    prompt = {"prompt": photo.generation_prompt} if photo and admission.shows_prompt and not steps else {}
    context = {
        "link": link, "photo": photo, "is_page": is_page, "around": around, "steps": steps,
        "is_one_of_many": bool(around.before or around.after), "place": _place_among(link, around),
        "heading": _heading(admission, photo, around.number),
        "alt": _alt(link, photo, around.number) if photo and not admission.is_ancestor else "A picture it grew from",
        "source": _address("large", link, photo),
        "ahead": [_address("large", link, near) for near in (around.after, around.before) if near],
        "download": _address("original", link, photo) if link.may_download and not admission.is_ancestor else "",
        "back": "" if is_page else _back(link, photo, around),
        "back_label": "All pictures" if link.album_id else "Back to the picture",
        **prompt, **told,
    }  # fmt: skip
    return {**context, "has_panel": bool(told or steps or prompt.get("prompt"))}


def _heading(admission: Admission, photo: Photo | None, number: int) -> str:
    link = admission.link
    if admission.is_ancestor:
        return f"Where “{heading(link)}” came from"
    if not link.album_id:
        return heading(link)
    if photo and link.show_details:
        return details.heading(photo)
    return f"{heading(link)}, {number}" if number else heading(link)


def _alt(link: SharedLink, photo: Photo, number: int) -> str:
    if link.show_details:
        return photo.alt
    return (f"Picture {number}" if number else "A picture") if link.album_id else heading(link)


def _place_among(link: SharedLink, around: reach.Around) -> str:
    """Return which picture of how many it is, as far as that is counted."""
    if not around.number or not (around.before or around.after):
        return ""
    count = reach.count(link)
    return f"{around.number} of {count}" if count <= reach.NUMBERED else f"{around.number}"


def _details(photo: Photo, link: SharedLink) -> dict[str, Any]:
    taken = format_date(timezone.localtime(photo.taken_at), "j F Y, H:i")
    place = _place(photo) if link.show_location else []
    file_facts = [fact for fact in details.file_facts(photo) if fact.name in SHOWN_FILE_FACTS]
    return {
        "description": photo.description,
        "prompt": photo.generation_prompt,
        "negative_prompt": photo.generation_negative_prompt,
        "facts": [
            Group("Made with", details.made_with(photo)),
            Group("Camera", [Fact("Date", taken), *details.camera(photo), *place]),
            Group("File", file_facts),
        ],
    }


def _place(photo: Photo) -> list[Fact]:
    where = photo.metadata.get("place") or {}
    if not {"latitude", "longitude"} <= set(where):
        return []
    text = f"{where['latitude']:.5f}, {where['longitude']:.5f}"
    return [Fact("Place", text, is_copied=True)]


def _steps(link: SharedLink, shown: Photo) -> list[Step]:
    chain = [*reach.path(link), *([link.photo] if link.photo else [])]
    tells = link.show_path == ShownPath.PROMPTS
    return [
        Step(
            photo,
            _step_name(number, len(chain)),
            link.address if photo.pk == link.photo_id else reverse("sharing:photo", args=[link.access_key, photo.pk]),
            # With details its own prompt stands among them.
            (photo.generation_prompt or "") if tells and not (link.show_details and photo.pk == link.photo_id) else "",
            photo.pk == shown.pk,
        )
        for number, photo in enumerate(chain, start=1)
    ]


def _step_name(number: int, count: int) -> str:
    if number == count:
        return "The picture"
    return "The first source" if number == 1 else f"Step {number - 1}"


def _back(link: SharedLink, photo: Photo | None, around: reach.Around) -> str:
    """Return the address of the page the visitor came from, at the picture."""
    place = f"{reach.page_of(link, around)}#photo-{photo.pk}" if photo and link.album_id else ""
    return f"{link.address}{place}"


def _address(name: str, link: SharedLink, photo: Photo | None) -> str:
    return reverse(f"sharing:{name}", args=[link.access_key, photo.pk]) if photo else ""
