"""What the owner is told of a link, in words: exactly what a visitor can reach, and until when."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat, pluralize
from django.utils import timezone
from django.utils.dateformat import format as format_date

from photos.models import Photo
from sharing import reach, showing
from sharing.choices import LinkState, ShownPath
from sharing.models import SharedLink

DETAILS = "title, description, date, prompts, model, seed and all parameters, camera and lens, file name"
BADGES = {LinkState.ACTIVE: "good", LinkState.EMPTY: "live", LinkState.TRASHED: "bad"}


@dataclass(frozen=True, slots=True)
class Reached:
    """One kind of thing a visitor can or cannot have."""

    name: str
    value: str
    is_open: bool


def until(link: SharedLink) -> str:
    """Return until when it works."""
    if link.expires_at is None:
        return "never ends"
    word = "worked" if link.state == LinkState.EXPIRED else "works"
    return f"{word} until {format_date(timezone.localtime(link.expires_at), 'j F Y')}"


def badge(link: SharedLink) -> str:
    """Return the colour of its state."""
    return BADGES.get(link.state, "")


def reached(link: SharedLink) -> list[Reached]:
    """Return everything a visitor can have through the link now, and what not."""
    count = reach.count_all(link) if link.state in {LinkState.ACTIVE, LinkState.EMPTY} else 0
    return [
        Reached("Heading", _words(link), is_open=True),
        Reached("Pictures", _pictures(count), is_open=count > 0),
        _originals(link, count),
        Reached("Details", DETAILS if link.show_details else "not shown", is_open=link.show_details),
        Reached("Place", "coordinates, on the page and in the files" if link.show_location else "never leaves",
                is_open=link.show_location),
        *_path(link),
        Reached("Password", "asked for" if link.password else "not asked for", is_open=not link.password),
    ]  # fmt: skip


def _words(link: SharedLink) -> str:
    """Return what stands above the pictures, and in messengers."""
    words = ", with the album’s description" if link.album and showing.words(link) else ""
    return f"“{showing.heading(link)}”{words}"


def _pictures(count: int) -> str:
    if not count:
        return "none now"
    return (
        f"{count:,} picture{pluralize(count)}, small and as large as a screen (1,600 pixels), nothing written in them"
    )


def _originals(link: SharedLink, count: int) -> Reached:
    if not link.may_download:
        return Reached("Originals", "cannot be downloaded", is_open=False)
    if not count:
        return Reached("Originals", "none now", is_open=False)
    size = f"{count:,} file{pluralize(count)}, {filesizeformat(reach.size(link))}"
    if link.show_location:
        return Reached("Originals", f"{size}, untouched, with all that is written in them", is_open=True)
    told = (
        "with camera and generator data, without the place"
        if link.show_details
        else "without metadata, named photo-1 and so on"
    )
    return Reached("Originals", f"{size}, {told}", is_open=True)


def _path(link: SharedLink) -> list[Reached]:
    if link.show_path == ShownPath.NONE:
        return []
    kin: list[Photo] = reach.path(link)
    prompts = ", with every prompt" if link.show_path == ShownPath.PROMPTS else ", without prompts"
    return [Reached("Path", f"{len(kin)} picture{pluralize(len(kin))} it grew from{prompts}", is_open=True)]
