"""The owner's tags: what they are called, which pictures have them, and how files bring theirs.

A tag is a trait of the kind ``tag``, so one table and one look-up serves every search. Its capitals are those it was
first written with.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from photos.choices import TraitKind
from photos.models import Photo, PhotoTrait
from photos.searching.traits import keys_of

LONGEST = 100
MOST_AT_ONCE = 50
APART = re.compile(r"[,;\n]")

Tags = Mapping[UUID, Iterable[str]]


def names_in(text: str) -> list[str]:
    """Return the tags a text names, apart by commas, each once whatever its capitals."""
    return _tidy(APART.split(text.replace("\0", "")))[:MOST_AT_ONCE]


def tags_of(photo_id: UUID) -> list[str]:
    """Return a photo's tags in the order of the alphabet."""
    links = PhotoTrait.objects.filter(photo=photo_id, trait__kind=TraitKind.TAG).order_by("trait__folded")
    return list(links.values_list("trait__value", flat=True))


def put(tags: Tags) -> dict[UUID, list[str]]:
    """Give photos more tags; call ``search.index`` afterwards. Return what each did not have before."""
    wanted = {(photo, name) for photo, names in tags.items() for name in _tidy(names)}
    keys = keys_of({(TraitKind.TAG, name) for _, name in wanted})
    links = {(photo, keys[TraitKind.TAG, name.casefold()]): name for photo, name in wanted}
    present = PhotoTrait.objects.filter(photo__in=tags.keys(), trait__in=set(keys.values()))
    for link in present.values_list("photo_id", "trait_id"):
        links.pop(link, None)
    rows = [PhotoTrait(photo_id=photo, trait_id=trait) for photo, trait in links]
    PhotoTrait.objects.bulk_create(rows, ignore_conflicts=True)
    return _by_photo((photo, name) for (photo, _), name in sorted(links.items(), key=lambda link: link[1]))


def drop(tags: Tags) -> dict[UUID, list[str]]:
    """Take tags from photos; call ``search.index`` afterwards. Return which of them each had."""
    wanted = {(photo, name.casefold()) for photo, names in tags.items() for name in _tidy(names)}
    folded = {name for _, name in wanted}
    links = PhotoTrait.objects.filter(photo__in=tags.keys(), trait__kind=TraitKind.TAG, trait__folded__in=folded)
    rows = links.values_list("pk", "photo_id", "trait__folded", "trait__value")
    found = [(pk, photo, value) for pk, photo, name, value in rows if (photo, name) in wanted]
    PhotoTrait.objects.filter(pk__in=[pk for pk, _, _ in found]).delete()
    return _by_photo((photo, value) for _, photo, value in found)


def take_keywords(photos: Iterable[Photo]) -> None:
    """Give new photos the keywords of their files as tags; from then on they are the owner's."""
    if found := {photo.pk: keywords for photo in photos if (keywords := keywords_in(photo.metadata))}:
        put(found)


def keywords_in(metadata: Mapping[str, Any]) -> list[str]:
    """Return the keywords that were read from a file."""
    written = metadata.get("keywords")
    words = [word for word in written if isinstance(word, str)] if isinstance(written, list) else []
    return _tidy(part for word in words for part in APART.split(word))


def _tidy(names: Iterable[str]) -> list[str]:
    tidy = [" ".join(name.split())[:LONGEST] for name in names]
    return list({name.casefold(): name for name in reversed(tidy) if name}.values())[::-1]


def _by_photo(found: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for photo, name in found:
        names[photo].append(name)
    return dict(names)
