"""Bring in the pictures an InvokeAI server has already: boards become albums, stars become favourites.

Each picture is recorded as known and not yet here, and comes by the same way as any finished one. What the library
knows by server and name is recognised, whoever made it known, so that nothing comes twice. What was adopted before and
changed here since is left alone (``remembering.py``).
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from albums import adding
from clients.errors import RemoteBusy, RemoteError, RemoteRejected
from clients.invokeai import ImagePage, ImageRecord, InvokeAI
from generation import tasks
from generation.adoption import remembering
from generation.choices import AdoptionState
from generation.models import Adoption, OtherName
from lib import clock
from lib.queue import enqueue
from photos.choices import RetrievalStatus
from photos.models import Photo
from photos.searching import search
from settings_app import connections

log = logging.getLogger(__name__)

PAGE = 100
TRY_AGAIN = timedelta(seconds=30)


def start(server: str) -> Adoption:
    """Begin to bring in what a server has, or go on with what is under way."""
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(server=server)
            enqueue(tasks.adopt_page, adoption.pk)
    except IntegrityError:
        return Adoption.objects.running().get(server=server)
    log.info("adoption %s: begun", adoption.pk)
    return adoption


def cancel(adoption_id: UUID) -> bool:
    """Look at no more pictures; those that are known are still fetched. False when it was over."""
    return Adoption.objects.end(adoption_id, AdoptionState.CANCELLED, now=clock.now())


def adopt_page(adoption: Adoption) -> bool:
    """Record the next pictures of a claimed adoption, and ask for the page after; False when that has to wait."""
    try:
        with connections.invokeai_for(adoption.server) as client:
            page = client.images.page(offset=adoption.offset, limit=PAGE)
            boards = _boards_of(page, client)
    except RemoteRejected as refusal:
        Adoption.objects.end(adoption.pk, AdoptionState.FAILED, now=clock.now(), error=str(refusal))
        return False
    except RemoteError as failure:
        _wait(adoption, failure)
        return False
    _record_page(adoption, page, boards)
    return True


def unknown_among(server: str, images: Iterable[ImageRecord]) -> list[ImageRecord]:
    """Return the images the library has never heard of."""
    every = list(images)
    known = _photos_by_name(server, every)
    return [image for image in every if image.name not in known]


def _boards_of(page: ImagePage, client: InvokeAI) -> dict[str, str]:
    """Return the names of the boards the images are on; nothing is asked when they are on none."""
    if not any(image.board_id for image in page.images):
        return {}
    return {board.board_id: board.name.strip() for board in client.boards.all()}


def _wait(adoption: Adoption, failure: RemoteError) -> None:
    pause = timedelta(seconds=failure.retry_after) if isinstance(failure, RemoteBusy) else TRY_AGAIN
    Adoption.objects.running().filter(pk=adoption.pk).update(error=str(failure), lease_until=clock.now() + pause)
    log.info("adoption %s: waits (%s)", adoption.pk, type(failure).__name__)


def _record_page(adoption: Adoption, page: ImagePage, boards: Mapping[str, str]) -> None:
    """Record all of a page and where the next begins, or nothing."""
    with transaction.atomic():
        new = [_record(adoption.server, image) for image in unknown_among(adoption.server, page.images)]
        search.index(new)
        _take_over(adoption.server, page, boards)
        for pk in new:
            enqueue(tasks.retrieve_photo, pk)
        _go_on(adoption, page, added=len(new))


def _photos_by_name(server: str, images: Iterable[ImageRecord]) -> dict[str, UUID]:
    names = [image.name for image in images]
    others = OtherName.objects.filter(server=server, invoke_id__in=names).values_list("invoke_id", "photo")
    rows = Photo.objects.filter(server=server, invoke_id__in=names).values_list("invoke_id", "pk")
    return {**dict(others), **{name: pk for name, pk in rows if name}}


def _record(server: str, image: ImageRecord) -> UUID:
    """Record one picture. How it was made is read from the file, once that is here."""
    photo = Photo(server=server, invoke_id=image.name, original_name=image.name, mime_type="image/png", file_size=0)
    photo.filename = f"{photo.pk.hex}.png"
    photo.width, photo.height = max(image.width, 1), max(image.height, 1)
    photo.created_at = clock.now()
    photo.taken_at = image.created_at
    photo.is_generated = not image.is_upload
    photo.retrieval_status = RetrievalStatus.PENDING
    photo.save(force_insert=True)
    return photo.pk


def _take_over(server: str, page: ImagePage, boards: Mapping[str, str]) -> None:
    """Make stars favourites and boards albums, as far as they are news. No favourite and no album is taken away."""
    photos = _photos_by_name(server, page.images)
    news = remembering.news_among(server, page.images, boards)
    Photo.objects.filter(pk__in=[photos[name] for name in news.starred]).mark_favourite(on=True)
    for board_id, names in news.on_board.items():
        if album := remembering.album_of(server, board_id, boards[board_id]):
            adding.add(album, [photos[name] for name in names])


def _go_on(adoption: Adoption, page: ImagePage, *, added: int) -> None:
    """Note what is done. When images were deleted meanwhile, all after them moved, so it is looked at all again."""
    is_shrunk = page.total < adoption.total
    offset = 0 if is_shrunk else adoption.offset + len(page.images)
    mine = Adoption.objects.running().filter(pk=adoption.pk)
    mine.update(total=page.total, offset=offset, seen=offset, added=F("added") + added, error="", lease_until=None)
    if not is_shrunk and (offset >= page.total or not page.images):
        Adoption.objects.end(adoption.pk, AdoptionState.DONE, now=clock.now())
        log.info("adoption %s: all %s pictures are known", adoption.pk, page.total)
        return
    enqueue(tasks.adopt_page, adoption.pk)
