"""Making the small pictures that pages show."""

import base64
import io
import logging
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.core.cache import cache
from django.core.files.storage import storages
from PIL import Image

from lib.queue import enqueue
from photos import tasks
from photos.duplicates import finding
from photos.files import renditions, storing
from photos.files.renditions import Size
from photos.imaging import heif, strips
from photos.imaging.decoding import Refused, opened
from photos.imaging.shaping import shrink, to_srgb, upright, without_alpha_message
from photos.models import Photo

log = logging.getLogger(__name__)

QUALITY = 80
METHOD = 2
PLACEHOLDER_PIXELS = 16
PLACEHOLDER_QUALITY = 40
NUDGE_SECONDS = 60
LOST = "The original is missing from the storage."


def make_thumbnails(photo_id: UUID) -> bool:
    """Make the grid's rendition and the placeholder, look for look-alikes, and ask for the large rendition.

    The attempt is counted before the work begins, so that a picture which kills its worker is left alone in the end.
    Why it failed is kept with the photo.

    Returns:
        Whether the photo has its thumbnail now.
    """
    photo = Photo.objects.claim_thumbnail(photo_id)
    if photo is None or not photo.checksum:
        return False
    try:
        path, placeholder, image = _make_grid(photo)
    except Exception as error:  # any picture that cannot be shrunk is told to the owner, not to the queue
        return _failed(photo, error)
    if not _made(photo, path, placeholder):
        return False
    finding.note(photo, image)
    return True


def make_large(photo_id: UUID) -> bool:
    """Make the rendition that fills a screen. Tell whether it is there now; quiet when the photo is gone."""
    photo = Photo.objects.filter(pk=photo_id, purged_at=None).first()
    if photo is None or not (photo.is_here and photo.checksum):
        return False
    path = renditions.path(photo.pk, photo.checksum, renditions.LARGE)
    if storages["thumbnails"].exists(path):
        return True
    try:
        _store(path, _render(photo, renditions.LARGE))
    except (OSError, ValueError, Refused) as error:
        log.warning("photo %s: no large rendition (%s)", photo.pk, type(error).__name__)
        return False
    return _still_wanted(photo, path)


def ask_again(photo: Photo, size: Size) -> None:
    """Ask a worker for a rendition whose file is not there, at most once a minute."""
    if not cache.add(f"rendition:{size}:{photo.pk}", True, NUDGE_SECONDS):
        return
    if size == renditions.LARGE:
        enqueue(tasks.make_large, photo.pk)
        return
    remake([photo.pk])


def remake(photo_ids: Iterable[UUID]) -> int:
    """Have thumbnails made anew, also those that failed too often. Return how many were asked for."""
    forgotten = forget(photo_ids)
    for pk in forgotten:
        enqueue(tasks.make_thumbnails, pk)
    return len(forgotten)


def forget(photo_ids: Iterable[UUID]) -> list[UUID]:
    """Make photos look as if nobody had tried to make their thumbnail. Return those that are here."""
    here = Photo.objects.with_file().filter(pk__in=list(photo_ids))
    ids = list(here.values_list("pk", flat=True))
    Photo.objects.filter(pk__in=ids).update(local_thumbnail_path=None, thumbnail_attempts=0, thumbnail_error="")
    return ids


def render(original: Path, size: Size) -> Image.Image:
    """Return the picture in the file, upright, in sRGB, at most ``size`` on its longest side; never enlarged."""
    with opened(original) as image:
        return to_srgb(upright(shrink(_begun(image, original, size), size.pixels, gap=size.gap)))


def _begun(image: Image.Image, original: Path, size: Size) -> Image.Image:
    """Return the picture; a HEIC is small already, because that saves memory."""
    factor = strips.factor_of(image.size, size.pixels, size.gap)
    if image.format != "HEIF" or factor < 2:
        return image
    small = heif.reduced(original, factor)
    if small is None:
        return image
    small = strips.fitted(small, image.size, size.pixels, factor)
    small.info = dict(image.info)
    return small


def encode(image: Image.Image) -> bytes:
    """Return the WebP of a rendition. Nothing but pixels is in it: no place, no prompt, nor one hidden in its alpha."""
    out = io.BytesIO()
    without_alpha_message(image).save(out, "WEBP", quality=QUALITY, method=METHOD)
    return out.getvalue()


def placeholder_of(image: Image.Image) -> str:
    """Return a tiny picture as a data URI, shown until the real one is loaded."""
    tiny = image.copy()
    tiny.thumbnail((PLACEHOLDER_PIXELS, PLACEHOLDER_PIXELS), Image.Resampling.BOX)
    out = io.BytesIO()
    tiny.save(out, "WEBP", quality=PLACEHOLDER_QUALITY, method=METHOD)
    return f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"


def _make_grid(photo: Photo) -> tuple[str, str, Image.Image]:
    image = _render(photo, renditions.GRID)
    path = renditions.path(photo.pk, photo.checksum or "", renditions.GRID)
    _store(path, image)
    return path, placeholder_of(image), image


def _render(photo: Photo, size: Size) -> Image.Image:
    with storing.local_copy(storages["originals"], photo.local_storage_path or "") as original:
        return render(original, size)


def _store(path: str, image: Image.Image) -> None:
    storing.store(storages["thumbnails"], path, [encode(image)], durable=False)


def _made(photo: Photo, path: str, placeholder: str) -> bool:
    """Record the thumbnail, unless other bytes took the photo's place meanwhile or it was purged."""
    same = Photo.objects.filter(pk=photo.pk, checksum=photo.checksum, purged_at=None)
    if not same.update(local_thumbnail_path=path, placeholder=placeholder, thumbnail_error=""):
        storages["thumbnails"].delete(path)
        return False
    if renditions.needs_large(photo.width, photo.height, photo.mime_type):
        enqueue(tasks.make_large, photo.pk)
    return True


def _still_wanted(photo: Photo, path: str) -> bool:
    """Remove the file again if its photo was purged while it was made."""
    if Photo.objects.filter(pk=photo.pk, purged_at=None).exists():
        return True
    storages["thumbnails"].delete(path)
    return False


def _failed(photo: Photo, error: Exception) -> bool:
    log.warning("photo %s: no thumbnail (%s)", photo.pk, type(error).__name__)
    Photo.objects.filter(pk=photo.pk).update(thumbnail_error=_sentence(error))
    return False


def _sentence(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return LOST
    if isinstance(error, Refused):
        return str(error)
    return f"The picture could not be made smaller ({type(error).__name__}). The original is untouched."
