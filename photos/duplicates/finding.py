"""Finding pictures that look alike: each new one is looked up among all that are here, at the cost of a few rows."""

import io
import logging
from collections.abc import Iterable
from uuid import UUID

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from PIL import Image

from photos import extensions, lineage
from photos.duplicates.fingerprints import MOST_APART, PIECES, distance, fingerprint_of, pieces
from photos.duplicates.models import DuplicatePair, Fingerprint
from photos.models import Photo

log = logging.getLogger(__name__)

# Pictures made beside each other are meant to be alike; only what is the same to the eye is worth asking about.
SIBLINGS_APART = 2
# A burst of a thousand frames is no million pairs.
NEAREST = 20
# So many rows of one common look are compared, and no more.
CANDIDATES = 5000
SAME_SHAPE = 0.05
CHUNK = 200


def note(photo: Photo, image: Image.Image) -> None:
    """Keep the fingerprint of a photo, and the pairs it makes with others.

    Safe to repeat; decisions stay. Quiet when the photo, or one that looks like it, is just being purged.

    Args:
        photo: whose it is.
        image: the picture, upright; a thumbnail will do.
    """
    if not Photo.objects.filter(pk=photo.pk, purged_at=None).exists():
        return
    bits = fingerprint_of(image)
    parts = pieces(bits) if bits is not None else [None] * PIECES
    values = {"bits": bits, **{f"piece_{number}": part for number, part in enumerate(parts)}}
    try:
        # Kept before others are looked for: of two that come at once, at least one sees the other.
        Fingerprint.objects.update_or_create(photo=photo, defaults=values)
        _pair(photo, bits)
    except IntegrityError:
        log.info("photo %s: gone before it was compared", photo.pk)


def note_missing(limit: int = CHUNK) -> int:
    """Read the fingerprints of pictures that came before there were any from their thumbnails, at most so many.

    Returns:
        How many were read; 0 means that all are there.
    """
    missing = Photo.objects.with_thumbnail().with_file().filter(fingerprint=None)
    chosen = list(missing.order_by("-taken_at", "-pk")[:limit])
    return sum(read(photo) for photo in chosen)


def read(photo: Photo) -> bool:
    """Take a photo's fingerprint from its thumbnail. One that cannot be read counts as too plain to tell."""
    try:
        with storages["thumbnails"].open(photo.local_thumbnail_path or "") as file:
            image = Image.open(io.BytesIO(file.read()))
            note(photo, image)
    except (OSError, ValueError) as error:
        log.warning("photo %s: no fingerprint (%s)", photo.pk, type(error).__name__)
        Fingerprint.objects.get_or_create(photo=photo)
    return True


def forget(photo_id: UUID) -> None:
    """Drop what was known about the looks of a photo that is purged."""
    Fingerprint.objects.filter(photo=photo_id).delete()
    DuplicatePair.objects.of(photo_id).delete()


def alike(photo: Photo, bits: int) -> list[tuple[UUID, int]]:
    """Return the photos that look like this one, nearest first, with their distances.

    What it came from or led to is left out, because that it is alike is no accident.
    """
    found = [(pk, apart) for pk, apart in _near(photo, bits) if apart <= MOST_APART]
    if not found:
        return []
    line, beside = lineage.line_of(photo), _beside(photo)
    kept = [(pk, apart) for pk, apart in found if pk not in line and (apart <= SIBLINGS_APART or pk not in beside)]
    return sorted(kept, key=lambda pair: pair[1])[:NEAREST]


def _near(photo: Photo, bits: int) -> Iterable[tuple[UUID, int]]:
    rows = Fingerprint.objects.that_may_be_near(bits).filter(photo__purged_at=None).exclude(photo=photo)
    for pk, other, width, height in rows.values_list("photo", "bits", "photo__width", "photo__height")[:CANDIDATES]:
        if other is not None and abs(photo.width * height / (photo.height * width) - 1) <= SAME_SHAPE:
            yield pk, distance(bits, other)


def _beside(photo: Photo) -> set[UUID]:
    same_source = Photo.objects.filter(source_image=photo.source_image_id) if photo.source_image_id else ()
    return {*extensions.siblings(photo.pk), *(other.pk for other in same_source)}


def _pair(photo: Photo, bits: int | None) -> None:
    found = alike(photo, bits) if bits is not None else []
    with transaction.atomic():
        DuplicatePair.objects.of(photo.pk).filter(decision=None).delete()
        pairs = [_paired(photo.pk, other, apart) for other, apart in found]
        DuplicatePair.objects.bulk_create(pairs, ignore_conflicts=True)


def _paired(one: UUID, other: UUID, apart: int) -> DuplicatePair:
    first, second = sorted((one, other))
    return DuplicatePair(photo_a_id=first, photo_b_id=second, distance=apart)
