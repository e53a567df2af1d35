"""The one gate: may this visitor have this, of this photo, through this link, now?

Every address of the shared pages asks it, whether it answers with a page or with bytes. Nothing it finds is kept, so
that what the owner revokes, changes or throws away is closed with the next request.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from lib import clock
from photos.models import Photo
from sharing import closing, proofs, reach
from sharing.choices import ShownPath, Wish
from sharing.models import SharedLink

ONLY_WITH_DOWNLOAD = frozenset({Wish.ORIGINAL, Wish.ALL})
# What a visitor may have of the pictures a shared one grew from.
ALONG_THE_PATH = frozenset({Wish.PHOTO, Wish.GRID, Wish.LARGE})


class Closed(Exception):
    """No. A wrong key, a link that is over, and what it does not show look alike."""


class Locked(Exception):
    """Not before the password is given."""

    def __init__(self, link: SharedLink) -> None:
        super().__init__("The link has a password.")
        self.link = link


@dataclass(frozen=True, slots=True)
class Admission:
    """What was let through: by which link, and to which photo if it was about one.

    Attributes:
        is_ancestor: whether the photo is one the shared one grew from.
    """

    link: SharedLink
    photo: Photo | None = None
    is_ancestor: bool = False

    @property
    def shows_details(self) -> bool:
        """Whether everything known about the photo may be told."""
        return self.link.show_details and not self.is_ancestor

    @property
    def shows_prompt(self) -> bool:
        """Whether its prompt may be told."""
        return self.shows_details or self.link.show_path == ShownPath.PROMPTS


def admit(request: HttpRequest, key: str, wish: Wish, pk: UUID | None = None) -> Admission:
    """Answer the one question.

    Args:
        request: tells who asks: whether the link's password was given.
        key: the link's.
        wish: what is asked for.
        pk: of which photo; None for what is about the whole link.

    Raises:
        Closed: when the answer is no.
        Locked: when it depends on the password.
    """
    link = knock(key)
    if link.password and not proofs.has_proof(link, request):
        raise Closed if wish == Wish.PREVIEW else Locked(link)
    if wish in ONLY_WITH_DOWNLOAD and not link.may_download:
        raise Closed
    return Admission(link) if pk is None else _to_photo(link, wish, pk)


def knock(key: str) -> SharedLink:
    """Return the link of a key, if it is open; whether its password was given is not looked at.

    Raises:
        Closed: for every reason there is, after one question, so that a wrong key and a revoked one take the same time.
    """
    links = SharedLink.objects.open(now=clock.now()).select_related("photo", "album")
    link: SharedLink | None = links.filter(access_key=key).first()
    if link is None:
        raise Closed
    return link


def _to_photo(link: SharedLink, wish: Wish, pk: UUID) -> Admission:
    if photo := reach.photo(link, pk):
        return Admission(link, photo)
    if wish in ALONG_THE_PATH and (photo := reach.ancestor(link, pk)):
        return Admission(link, photo, is_ancestor=True)
    raise Closed


View = Callable[Concatenate[HttpRequest, Admission, ...], HttpResponseBase]


def through_gate(wish: Wish) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view public that answers only what the gate lets through; it is given the admission."""

    def wrap(view: View) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, key: str, pk: UUID | None = None, **rest: Any) -> HttpResponseBase:
            try:
                answer = view(request, admit(request, key, wish, pk), **rest)
            except Closed:
                answer = closing.closed(request)
            except Locked as locked:
                answer = closing.locked(request, locked.link, pk, is_page=wish in {Wish.PAGE, Wish.PHOTO})
            return closing.with_headers(answer)

        guarded.wish = wish  # type: ignore[attr-defined]  # the tests find every address by it
        return login_not_required(require_safe(guarded))

    return wrap
