"""What a server said of its pictures when they were last adopted, so that only what is new there is taken over.

What the owner does here afterwards stays: a favourite taken away, an album renamed, a picture put out of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from albums.models import Album
from clients.invokeai import ImageRecord
from generation.models import AdoptedBoard, AdoptedImage


@dataclass(frozen=True, slots=True)
class News:
    """Names of the images that got a star, and of those that came on a board, by the board's id."""

    starred: list[str]
    on_board: dict[str, list[str]]


def news_among(server: str, images: Sequence[ImageRecord], boards: Mapping[str, str]) -> News:
    """Return what is new since the last adoption, and remember the present state.

    Call it in the transaction that takes the news over.

    Args:
        server: whose images they are.
        images: some of its images.
        boards: the names of its boards by their ids; a board without a name here is left for later.
    """
    names = [image.name for image in images]
    before = {seen.invoke_id: seen for seen in AdoptedImage.objects.filter(server=server, invoke_id__in=names)}
    now = [_state(server, image, boards) for image in images]
    _remember(now)
    new = AdoptedImage()
    starred = [state.invoke_id for state in now if state.starred and not before.get(state.invoke_id, new).starred]
    on_board = defaultdict(list)
    for state in now:
        if state.board_id and state.board_id != before.get(state.invoke_id, new).board_id:
            on_board[state.board_id].append(state.invoke_id)
    return News(starred, on_board)


def album_of(server: str, board_id: str, name: str) -> Album | None:
    """Return the album a board became, or becomes now; None when the owner deleted it.

    A board that is new here joins the oldest album of its name that no other board of the server became.
    """
    known = AdoptedBoard.objects.filter(server=server, board_id=board_id).select_related("album").first()
    if known:
        return known.album
    taken = AdoptedBoard.objects.filter(server=server, album__isnull=False).values("album")
    album: Album = Album.objects.filter(name=name).exclude(pk__in=taken).order_by(
        "created_at"
    ).first() or Album.objects.create(name=name)
    AdoptedBoard.objects.create(server=server, board_id=board_id, album=album)
    return album


def _state(server: str, image: ImageRecord, boards: Mapping[str, str]) -> AdoptedImage:
    board_id = image.board_id if image.board_id and boards.get(image.board_id) else ""
    return AdoptedImage(server=server, invoke_id=image.name, starred=image.starred, board_id=board_id)


def _remember(states: Sequence[AdoptedImage]) -> None:
    AdoptedImage.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["server", "invoke_id"],
        update_fields=["starred", "board_id"],
    )
