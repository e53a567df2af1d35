"""What people and their programs wrote about a picture: title, description, keywords, rating, and when it was made."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from photos.metadata.chunks import BESIDE_XMP, Chunks
from photos.metadata.generation import number
from photos.metadata.text import clean, parse_object
from photos.metadata.xmp import Properties, read_xmp
from photos.metadata.xmp_place import PLACE, xmp_place

TITLE_LIMIT, DESCRIPTION_LIMIT, KEYWORD_LIMIT = 300, 20_000, 100
MOST_KEYWORDS = 200
# Cameras that ask nobody write their own name here.
EMPTY_WORDS = re.compile(
    r"(olympus|digital|kodak|samsung|minolta|casio|sony|exif)[ \w]*(camera|dsc|picture|jpeg)?|dcim|default|untitled"
    r"|created with (the )?gimp.*",
    re.IGNORECASE,
)
DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
# What is read of a packet.
PROPERTIES = ("dc:title", "dc:description", "dc:subject", "xmp:Rating", "xmp:CreatorTool", *DATES, *PLACE)


@dataclass(frozen=True, slots=True)
class Described:
    """What is known; everything else is empty, a ``rating`` of 0 is none."""

    title: str = ""
    description: str = ""
    keywords: list[str] = field(default_factory=list)
    rating: int = 0
    taken_at: datetime | None = None
    software: str = ""
    place: dict[str, float] = field(default_factory=dict)


def describe(chunks: Chunks) -> Described:
    """Return what the texts say about the picture. XMP comes first: it is what editors keep up to date."""
    found = _properties(chunks)
    title = _first(found.get("dc:title"), chunks.get("iptc:title"), chunks.get("iptc:headline"), *_title_keys(chunks))
    words = [word for word in descriptions(chunks, found) if not EMPTY_WORDS.fullmatch(word)]
    return Described(
        title=clean(title, limit=TITLE_LIMIT),
        description=clean(words[0], limit=DESCRIPTION_LIMIT) if words else "",
        keywords=_keywords(chunks, found),
        rating=_rating(chunks, found),
        taken_at=_taken_at(found),
        software=clean(_first(chunks.get("exif:Software"), found.get("xmp:CreatorTool")), limit=100),
        place=xmp_place(found),
    )


def descriptions(chunks: Chunks, found: Properties | None = None) -> list[str]:
    """Return all descriptions, the likeliest first."""
    packet = _properties(chunks) if found is None else found
    keys = ("iptc:caption", "exif:ImageDescription", "Description", "exif:UserComment", "exif:XPComment", "Comment")
    written = [*packet.get("dc:description", []), *(chunks.get(key, "") for key in (*keys, "comment"))]
    return [words for text in written if (words := text.strip("\0 \r\n\t"))]


def _properties(chunks: Chunks) -> Properties:
    """Return what the packets say: an editor that writes a file of its own does not touch the one in the picture."""
    beside = parse_object(chunks.get(BESIDE_XMP, ""))
    said = {name: [text for text in texts if isinstance(text, str)] for name, texts in beside.items() if texts}
    return {**read_xmp(chunks.get("xmp", "")), **said}


def _title_keys(chunks: Chunks) -> list[str]:
    return [chunks.get("exif:XPTitle", ""), chunks.get("Title", "")]


def _keywords(chunks: Chunks, found: Properties) -> list[str]:
    """Return the keywords in their order, each once, whatever its capitals."""
    written = [*found.get("dc:subject", []), *chunks.get("iptc:keywords", "").split("\n")]
    written += chunks.get("exif:XPKeywords", "").split(";")
    words: dict[str, str] = {}
    for word in written:
        tidy = clean(" ".join(word.split()), limit=KEYWORD_LIMIT)
        words.setdefault(tidy.casefold(), tidy)
    return [word for word in words.values() if word][:MOST_KEYWORDS]


def _rating(chunks: Chunks, found: Properties) -> int:
    """Return the stars; -1, which is “rejected”, counts as none."""
    stars = number(_first(found.get("xmp:Rating"), chunks.get("exif:Rating"))) or 0
    return int(stars) if 0 < stars <= 5 else 0


def _taken_at(found: Properties) -> datetime | None:
    """Return the first date with a time, which may lack a zone."""
    for name in DATES:
        for written in found.get(name, []):
            try:
                return datetime.fromisoformat(written.strip()[:40])
            except ValueError:
                continue
    return None


def _first(*values: str | list[str] | None) -> str:
    texts = [value[0] if isinstance(value, list) else value for value in values if value]
    return next((text.strip("\0 \r\n\t") for text in texts if text.strip("\0 \r\n\t")), "")
