"""Every address a visitor can ask × every state a link can be in: only what the owner chose answers.

The addresses are read from the URLconf, so a new one is asked here before anybody thinks of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import resolve, reverse

from lib import clock
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from sharing import closing, measuring, urls
from sharing.choices import ShownPath, Wish
from sharing.models import SharedLink
from sharing.tests.factories import PASSWORD, LinkFactory, album_of, complete_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]

NAMES = [str(pattern.name) for pattern in urls.visitors]
ASKING = [name for name in NAMES if name != "unlock"]
DOWNLOADS = {"original", "all"}
PAGES = {"visit", "photo"}
OK, PARTIAL, NOT_MODIFIED, FORBIDDEN, NOT_FOUND = 200, 206, 304, 403, 404


@pytest.fixture(autouse=True)
def nobody_is_nudged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing renditions are not what is tested here."""
    monkeypatch.setattr("photos.imaging.thumbnailing.enqueue", lambda *args: None)


@dataclass
class Case:
    """A link in some state, the photo that is asked for, and which addresses answer."""

    link: SharedLink
    photo: Photo
    key: str = ""
    answers: set[str] = field(default_factory=lambda: set(ASKING))
    otherwise: int = NOT_FOUND

    def address(self, name: str) -> str:
        return address_of(name, self.key or self.link.access_key, self.photo.pk)

    def expected(self, name: str) -> int:
        return OK if name in self.answers else self.otherwise


def address_of(name: str, key: str, pk: UUID) -> str:
    """Return an address by its name; one that wants anything else than a key and a photo fails here."""
    pattern = next(pattern for pattern in urls.visitors if pattern.name == name)
    values = {"key": key, "pk": pk}
    return reverse(f"sharing:{name}", kwargs={kind: values[kind] for kind in pattern.pattern.converters})


def open_album(**rules: Any) -> Case:
    """A link to an album of three, with all that a link may allow unless told otherwise."""
    photos = [complete_photo(), complete_photo(), complete_photo()]
    link = LinkFactory(photo=None, album=album_of(*photos), **{"may_download": True, **rules})
    return Case(link, photos[1])


def open_photo(**rules: Any) -> Case:
    photo = complete_photo()
    return Case(LinkFactory(photo=photo, **{"may_download": True, **rules}), photo)


def measured() -> Case:
    case = open_album()
    measuring.measure_some(case.link)
    return case


def with_wrong_key() -> Case:
    case = open_album()
    case.key, case.answers = case.link.access_key[:-1] + "-", set()
    return case


def expired() -> Case:
    case = open_album(expired=True)
    case.answers = set()
    return case


def revoked() -> Case:
    case = open_photo(revoked=True)
    case.answers = set()
    return case


def locked() -> Case:
    case = open_album(locked=True)
    case.answers, case.otherwise = set(), FORBIDDEN
    return case


def of_another_link() -> Case:
    case = open_album()
    case.photo = open_album().photo
    case.answers = {"visit", "preview", "all"}
    return case


def of_a_trashed_photo() -> Case:
    case = open_album()
    Photo.objects.filter(pk=case.photo.pk).update(deleted_at=clock.now())
    case.answers = {"visit", "preview", "all"}
    return case


def to_a_trashed_photo() -> Case:
    case = open_photo()
    Photo.objects.filter(pk=case.photo.pk).update(deleted_at=clock.now())
    case.answers = set()
    return case


def to_a_deleted_album() -> Case:
    case = open_album()
    type(case.link.album).objects.filter(pk=case.link.album_id).update(deleted_at=clock.now())
    case.answers = set()
    return case


def taken_out_of_the_album() -> Case:
    case = open_album()
    case.link.album.photos.through.objects.filter(photo=case.photo).delete()
    case.answers = {"visit", "preview", "all"}
    return case


def not_fetched_yet() -> Case:
    case = open_album()
    case.photo = PhotoFactory(pending=True)
    case.link.album.photos.add(case.photo)
    case.answers = {"visit", "preview", "all"}
    return case


def without_download() -> Case:
    case = open_album(may_download=False)
    case.answers = set(ASKING) - DOWNLOADS
    return case


def along_the_path() -> Case:
    case = open_photo(show_path=ShownPath.PICTURES)
    source = complete_photo()
    Photo.objects.filter(pk=case.photo.pk).update(source_image=source)
    case.photo, case.answers = source, set(ASKING) - {"original"}
    return case


def along_a_path_that_is_not_shown() -> Case:
    case = along_the_path()
    SharedLink.objects.update(show_path=ShownPath.NONE)
    case.answers = {"visit", "preview", "all"}
    return case


def along_a_path_in_the_trash() -> Case:
    case = along_the_path()
    Photo.objects.filter(pk=case.photo.pk).update(deleted_at=clock.now())
    case.answers = {"visit", "preview", "all"}
    return case


CASES: list[Callable[[], Case]] = [
    open_album, open_photo, measured, with_wrong_key, expired, revoked, locked, of_another_link, of_a_trashed_photo,
    to_a_trashed_photo, to_a_deleted_album, taken_out_of_the_album, not_fetched_yet, without_download, along_the_path,
    along_a_path_that_is_not_shown, along_a_path_in_the_trash,
]  # fmt: skip


@pytest.fixture(params=CASES, ids=lambda case: case.__name__)
def case(request: pytest.FixtureRequest, db: None) -> Case:
    """A link in some state."""
    made: Case = request.param()
    return made


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end, as a browser does."""

    status_code: int
    headers: Any
    body: bytes


def ask(browser: Client, address: str, method: str = "get", **headers: str) -> Answer:
    answer: Any = getattr(browser, method)(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answer(answer.status_code, answer.headers, body)


@pytest.mark.parametrize("name", ASKING)
def test_only_what_was_chosen_answers(visitor: Client, case: Case, name: str) -> None:
    """Whatever is asked, and however the link stands."""
    answer = ask(visitor, case.address(name))

    is_silent = name == "preview" and case.otherwise == FORBIDDEN
    assert answer.status_code == (NOT_FOUND if is_silent else case.expected(name))
    assert answer.body


@pytest.mark.parametrize("name", ASKING)
def test_head_says_what_get_would_say(visitor: Client, case: Case, name: str) -> None:
    """Without a body, and without letting anything through."""
    answer = ask(visitor, case.address(name), "head")

    assert answer.status_code == ask(visitor, case.address(name)).status_code
    assert answer.body == b""


@pytest.mark.parametrize("name", ASKING)
def test_a_part_is_no_way_round(visitor: Client, case: Case, name: str) -> None:
    """A range of bytes is asked for at the same gate."""
    answer = ask(visitor, case.address(name), Range="bytes=0-9")

    assert answer.status_code in ({OK, PARTIAL} if name in case.answers else {FORBIDDEN, NOT_FOUND})


@pytest.mark.parametrize("name", ASKING)
def test_a_browser_that_has_it_is_not_told_so_any_more(visitor: Client, case: Case, name: str) -> None:
    """When the link is closed even “not modified” would say too much."""
    answer = ask(visitor, case.address(name), If_None_Match="*")

    assert answer.status_code in ({OK, NOT_MODIFIED} if name in case.answers else {FORBIDDEN, NOT_FOUND})


@pytest.mark.parametrize("name", ASKING)
def test_every_answer_says_how_private_it_is(visitor: Client, case: Case, name: str) -> None:
    """No search engine, no shared cache, no referrer; and browsers ask again each time."""
    for answer in (ask(visitor, case.address(name)), ask(visitor, case.address(name), If_None_Match="*")):
        told = {header: answer.headers.get(header) for header in closing.HEADERS}

        assert told == closing.HEADERS
        assert answer.headers["Cache-Control"] in {"private, no-cache", "private, no-store"}


@pytest.mark.parametrize("name", NAMES)
def test_every_address_is_guarded(name: str) -> None:
    """Each names what it gives; the one that takes a password is asked about below."""
    view = resolve(address_of(name, "key", UUID(int=1))).func

    assert getattr(view, "wish", None) in set(Wish) or name == "unlock"


@pytest.mark.parametrize("make", [with_wrong_key, expired, revoked, to_a_trashed_photo, to_a_deleted_album])
def test_there_is_nothing_to_unlock_behind_a_closed_link(visitor: Client, make: Callable[[], Case]) -> None:
    """The password's address gives nothing away either."""
    answer = visitor.post(make().address("unlock"), {"password": PASSWORD})

    assert answer.status_code == NOT_FOUND
    assert not answer.cookies


@pytest.mark.parametrize("name", ASKING)
def test_all_reasons_to_be_closed_look_alike(
    visitor: Client, name: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """The same page after the same number of questions, so nobody learns that there was a link."""
    addresses = [make().address(name) for make in (with_wrong_key, expired, revoked, to_a_trashed_photo)]
    answers = []
    for address in addresses:
        with django_assert_num_queries(1):
            answers.append(ask(visitor, address))

    assert len({(answer.status_code, answer.body) for answer in answers}) == 1


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("make", [open_album, open_photo])
def test_the_password_opens_every_address_and_a_new_one_closes_them(
    visitor: Client, name: str, make: Callable[..., Case]
) -> None:
    """The proof is worth what the password is worth."""
    case = make(locked=True)
    visitor.post(case.address("unlock"), {"password": PASSWORD})
    opened = ask(visitor, case.address(name)).status_code
    SharedLink.objects.update(password=LinkFactory.build(locked=True).password)

    assert opened == OK
    assert ask(visitor, case.address(name)).status_code in {FORBIDDEN, NOT_FOUND}


@pytest.mark.parametrize("name", ASKING)
def test_the_proof_for_one_link_opens_no_other(visitor: Client, name: str) -> None:
    """Though both have the same password."""
    known, other = open_album(locked=True), open_album(locked=True)
    visitor.post(known.address("unlock"), {"password": PASSWORD})
    visitor.cookies[f"gallery_link_{other.link.pk.hex[:12]}"] = next(iter(visitor.cookies.values())).value

    assert ask(visitor, other.address(name)).status_code in {FORBIDDEN, NOT_FOUND}


@pytest.mark.parametrize("name", ASKING)
def test_revoking_closes_every_address_at_once(visitor: Client, name: str) -> None:
    """With the very next request, also for who was in already."""
    case = open_album()
    before = ask(visitor, case.address(name)).status_code
    SharedLink.objects.update(revoked_at=clock.now())

    assert (before, ask(visitor, case.address(name)).status_code) == (OK, NOT_FOUND)


@pytest.mark.parametrize("address", ["/s/a/b/c/", "/s/%00/", "/s/" + "x" * 300 + "/", "/s/ä/", "/s/a/photos/nonsense/"])
def test_what_is_no_address_looks_like_a_closed_link(visitor: Client, address: str) -> None:
    """Nothing about the library, not even where it begins."""
    answer = ask(visitor, address)

    assert answer.status_code == NOT_FOUND
    assert answer.body == ask(visitor, "/s/none/").body


@pytest.mark.parametrize("name", ASKING)
def test_the_owners_own_browser_gets_the_same(owner_client: Client, case: Case, name: str) -> None:
    """“View as visitor” shows what a visitor sees, and being the owner opens nothing."""
    answer = ask(owner_client, case.address(name))

    is_silent = name == "preview" and case.otherwise == FORBIDDEN
    assert answer.status_code == (NOT_FOUND if is_silent else case.expected(name))
    assert "Cookie" not in answer.headers.get("Vary", "")
