"""The owner's pages of links."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse

from albums import changing
from lib import clock
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from settings_app.models import ApplicationSettings
from sharing.models import SharedLink
from sharing.tests.factories import PASSWORD, LinkFactory, album_of, complete_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def photo() -> Photo:
    """A photo to share."""
    return complete_photo()


def made(owner_client: Client, photo: Photo, **sent: object) -> SharedLink:
    owner_client.post(f"/shared/new/?photo={photo.pk}", {"works_for": 30, "show_path": "none", **sent})
    return SharedLink.objects.get()


def test_a_new_link_has_a_key_of_256_bits_and_an_end(owner_client: Client, photo: Photo) -> None:
    """Thirty days, unless the owner chose something else in the settings."""
    link = made(owner_client, photo)

    assert len(link.access_key) == 43
    assert link.expires_at is not None
    assert timedelta(days=29, hours=23) < link.expires_at - clock.now() <= timedelta(days=30)


@pytest.mark.parametrize(("works_for", "days"), [(7, 7), (365, 365), ("", 90)])
def test_the_end_that_was_chosen_is_the_one_that_is_kept(
    owner_client: Client, photo: Photo, works_for: object, days: int
) -> None:
    """What is not sent is what the settings say."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(settings_json={"link_days": 90})
    link = made(owner_client, photo, works_for=works_for)

    assert link.expires_at is not None
    assert round((link.expires_at - clock.now()) / timedelta(days=1)) == days


def test_never_is_possible_and_said_aloud(owner_client: Client, photo: Photo) -> None:
    """The form says what it means, and so does the list."""
    form = owner_client.get(f"/shared/new/?photo={photo.pk}").content.decode()
    link = made(owner_client, photo, works_for=0)

    assert "Never ends, until you revoke it</option>" in form
    assert link.expires_at is None
    assert "never ends" in owner_client.get("/shared/").content.decode()


def test_a_password_is_kept_as_a_hash(owner_client: Client, photo: Photo) -> None:
    """And shown nowhere."""
    link = made(owner_client, photo, password=PASSWORD)
    page = owner_client.get(link.get_absolute_url()).content.decode()

    assert check_password(PASSWORD, link.password)
    assert PASSWORD not in page
    assert link.password not in page


def test_a_link_made_in_the_dialog_is_ready_to_be_copied(owner_client: Client, photo: Photo) -> None:
    """With its address, a QR code and its end."""
    answer = owner_client.post(f"/shared/new/?photo={photo.pk}", {"works_for": 30}, headers=HTMX)
    link, page = SharedLink.objects.get(), answer.content.decode()

    assert answer["HX-Retarget"] == "#dialog"
    assert f'data-text="http://testserver{link.address}"' in page
    assert 'class="qr-code"' in page
    assert "Link copied, works until" in page


@pytest.mark.parametrize(
    "target", ["photo=", "album=", "photo=nonsense", "", "photo=00000000-0000-4000-8000-000000000000"]
)
def test_there_is_no_link_to_nothing(owner_client: Client, target: str) -> None:
    """Nor to what is in the trash."""
    trashed = PhotoFactory(trashed=True)

    assert owner_client.get(f"/shared/new/?{target}").status_code == 404
    assert owner_client.post(f"/shared/new/?photo={trashed.pk}").status_code == 404


def test_an_album_is_shared_as_a_photo_is(owner_client: Client, photo: Photo) -> None:
    """By its own address."""
    album = album_of(photo)
    owner_client.post(f"/shared/new/?album={album.pk}", {"works_for": 7, "show_path": "prompts"})
    link = SharedLink.objects.get()

    assert (link.album, link.photo, link.show_path) == (album, None, "none")


def test_changing_a_link_leaves_its_password_and_end_alone(owner_client: Client) -> None:
    """Unless they are changed, too."""
    link = LinkFactory(locked=True)
    owner_client.post(link.get_absolute_url(), {"works_for": "", "title": "Fog", "show_details": "on"})
    changed = SharedLink.objects.get()

    assert (changed.title, changed.show_details, changed.may_download) == ("Fog", True, False)
    assert (changed.password, changed.expires_at) == (link.password, link.expires_at)


def test_a_password_can_be_taken_away(owner_client: Client) -> None:
    """Only by saying so."""
    link = LinkFactory(locked=True)
    owner_client.post(link.get_absolute_url(), {"works_for": "", "drop_password": "on"})

    assert SharedLink.objects.get().password == ""


def test_the_place_is_shown_only_with_details(owner_client: Client, photo: Photo) -> None:
    """A switch left on below one that is off means off."""
    link = made(owner_client, photo, show_location="on")

    assert (link.show_details, link.show_location) == (False, False)


def test_revoking_can_be_taken_back(owner_client: Client) -> None:
    """From the toast, or from the list."""
    link = LinkFactory()
    page = owner_client.post(reverse("sharing:revoke", args=[link.pk]), follow=True).content.decode()
    revoked = SharedLink.objects.get().revoked_at
    owner_client.post(reverse("sharing:reopen", args=[link.pk]))

    assert revoked is not None
    assert reverse("sharing:reopen", args=[link.pk]) in page
    assert SharedLink.objects.get().revoked_at is None


@pytest.mark.parametrize(("traits", "days"), [({}, 60), ({"expired": True}, 30)])
def test_extending_gives_a_month_more(owner_client: Client, traits: dict[str, bool], days: int) -> None:
    """To what is left, or from now on."""
    link = LinkFactory(**traits)
    owner_client.post(reverse("sharing:extend", args=[link.pk]))

    end = SharedLink.objects.get().expires_at
    assert end is not None
    assert round((end - clock.now()) / timedelta(days=1)) == days


@pytest.mark.parametrize("values", [{"revoked": True}, {"expires_at": None}])
def test_what_is_revoked_or_never_ends_is_not_extended(owner_client: Client, values: dict[str, Any]) -> None:
    """Time alone does not open it."""
    link = LinkFactory(**values)
    owner_client.post(reverse("sharing:extend", args=[link.pk]))

    assert SharedLink.objects.get().expires_at == link.expires_at


@pytest.mark.parametrize(
    ("values", "state"),
    [({}, "Active"), ({"expired": True}, "Expired"), ({"revoked": True}, "Revoked"), ({"locked": True}, "password")],
)
def test_the_list_says_how_each_link_stands(owner_client: Client, values: dict[str, bool], state: str) -> None:
    """In a word."""
    LinkFactory(**values)

    assert state in owner_client.get("/shared/").content.decode()


def test_a_thrown_away_target_closes_the_link_and_restoring_opens_it(owner_client: Client, visitor: Client) -> None:
    """At once, and the list says why."""
    link = LinkFactory(photo=complete_photo())
    Photo.objects.update(deleted_at=clock.now())
    closed, said = visitor.get(link.address).status_code, owner_client.get("/shared/").content.decode()
    Photo.objects.update(deleted_at=None)

    assert closed == 404
    assert "In the trash" in said
    assert visitor.get(link.address).status_code == 200


def test_an_album_without_a_shown_picture_is_empty(owner_client: Client, visitor: Client) -> None:
    """The visitor reads so, too, and is not sent away."""
    link = LinkFactory(photo=None, album=album_of(PhotoFactory(trashed=True)))

    assert "Nothing to see" in owner_client.get("/shared/").content.decode()
    assert "nothing to see here now" in visitor.get(link.address).content.decode()


def test_what_was_thrown_away_is_brought_back_from_the_page_of_its_link(owner_client: Client) -> None:
    """A picture from the trash, an album within the day; and the link opens again."""
    links = [LinkFactory(photo=complete_photo()), LinkFactory(photo=None, album=album_of(complete_photo()))]
    Photo.objects.filter(pk=links[0].photo_id).update(deleted_at=clock.now())
    changing.delete(links[1].album_id)
    for link, name in zip(links, ("photos:restore-one", "albums:restore"), strict=True):
        restoring = reverse(name, args=[link.photo_id or link.album_id])
        said = owner_client.get(link.get_absolute_url()).content.decode()
        owner_client.post(restoring)

        assert restoring in said
        assert SharedLink.objects.get(pk=link.pk).state == "active"


def test_a_generated_picture_is_called_by_its_words(owner_client: Client) -> None:
    """Not by the name a server gave its file."""
    LinkFactory(photo=complete_photo(is_generated=True, generation_prompt="a fox in fog", title=""))

    assert "a fox in fog" in owner_client.get("/shared/").content.decode()


def test_the_card_of_a_shared_album_says_so(owner_client: Client) -> None:
    """As long as the link works."""
    album = album_of(complete_photo())
    before = owner_client.get("/albums/").content.decode()
    link = LinkFactory(photo=None, album=album)
    shared = owner_client.get("/albums/").content.decode()
    SharedLink.objects.filter(pk=link.pk).update(revoked_at=clock.now())
    marks = [page.count("album-card__mark") for page in (before, shared, owner_client.get("/albums/").content.decode())]

    assert marks == [0, 1, 0]


def test_the_page_of_a_link_lists_what_can_be_reached(owner_client: Client) -> None:
    """Files, sizes and fields."""
    link = LinkFactory(photo=None, album=album_of(complete_photo(), complete_photo()), may_download=True)
    page = owner_client.get(link.get_absolute_url()).content.decode()

    assert "“Skagen in October”, with the album’s description" in page
    assert "2 pictures, small and as large as a screen" in page
    assert "2 files" in page
    assert "without metadata" in page
    assert "never leaves" in page


def test_the_list_costs_the_same_however_many_links_there_are(
    owner_client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    """Photos and albums, alive and dead."""

    def add(count: int) -> None:
        for _ in range(count):
            LinkFactory()
            LinkFactory(photo=None, album=album_of(PhotoFactory(), PhotoFactory()), revoked=True)

    add(1)
    owner_client.get("/shared/")
    with django_assert_num_queries(5):
        owner_client.get("/shared/")
    add(5)
    with django_assert_num_queries(5):
        assert owner_client.get("/shared/").content.count(b"link-row__title") == 12


def test_an_album_is_shown_by_its_first_picture(owner_client: Client) -> None:
    """Unless it has a cover that can be seen."""
    first, cover = complete_photo(), complete_photo()
    link = LinkFactory(photo=None, album=album_of(first, cover))
    pages = [owner_client.get("/shared/").content.decode()]
    type(link.album).objects.update(cover_photo=cover)
    pages.append(owner_client.get("/shared/").content.decode())
    Photo.objects.filter(pk=cover.pk).update(deleted_at=clock.now())
    pages.append(owner_client.get("/shared/").content.decode())

    assert [first.grid_url in page for page in pages] == [True, False, True]
    assert [cover.grid_url in page for page in pages] == [False, True, False]


def test_a_photos_page_shows_its_links(owner_client: Client, photo: Photo) -> None:
    """Those that work."""
    link, closed = LinkFactory(photo=photo), LinkFactory(photo=photo, revoked=True)
    page = owner_client.get(reverse("sharing:for-photo", args=[photo.pk])).content.decode()

    assert link.address in page
    assert closed.address not in page
    assert reverse("sharing:for-photo", args=[photo.pk]) in owner_client.get(photo.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address", ["/shared/", "/shared/new/", "/shared/for-photo/00000000-0000-4000-8000-000000000000/"]
)
def test_links_are_the_owners_alone(visitor: Client, owner: object, address: str) -> None:
    """A visitor is shown to the door."""
    assert visitor.get(address)["Location"].startswith("/login/")


def test_the_code_of_a_link_opens_from_its_row(owner_client: Client) -> None:
    """In the dialog; without scripts on the page of the link. What is closed has none to show."""
    link, closed = LinkFactory(), LinkFactory(revoked=True)
    address = f"/shared/{link.pk}/code/"
    rows = owner_client.get("/shared/").content.decode()
    shown = owner_client.get(address, headers=HTMX).content.decode()

    assert f'hx-get="{address}"' in rows
    assert str(closed.pk) + "/code/" not in rows
    assert "The link as a QR code" in shown
    assert link.address in shown
    assert owner_client.get(address).url == f"{link.get_absolute_url()}#qr"
