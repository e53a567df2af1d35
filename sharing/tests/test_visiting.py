"""What a visitor's pages say, who is counted, and how guessing is slowed down."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lib import clock, paging
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from sharing import reach, tries
from sharing.choices import ShownPath
from sharing.models import PasswordTry, SharedLink
from sharing.tests.factories import PASSWORD, LinkFactory, album_of, complete_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]

WRONG = "wrong"


@pytest.fixture
def locked() -> SharedLink:
    """A link with a password."""
    link: SharedLink = LinkFactory(photo=complete_photo(), locked=True)
    return link


def page(visitor: Client, link: SharedLink) -> str:
    return visitor.get(link.address).content.decode()


def guess(visitor: Client, link: SharedLink, password: str, address: str = "198.51.100.7") -> int:
    return visitor.post(f"{link.address}unlock/", {"password": password}, REMOTE_ADDR=address).status_code


def secretive() -> Photo:
    return complete_photo(
        is_generated=True,
        generation_prompt="SECRET prompt",
        generation_negative_prompt="SECRET no",
        generation_params={"seed": 424242},
        title="SECRET title",
        description="SECRET words",
        original_name="SECRET.png",
        model_name="SECRET model",
        server="http://SECRET:9090",
        metadata={"camera": {"model": "SECRET"}, "place": {"latitude": 52.123456, "longitude": 13.0}},
    )


@pytest.mark.parametrize("in_album", [True, False])
def test_without_details_a_page_says_nothing_of_a_picture(visitor: Client, in_album: bool) -> None:
    """Not in its text, its names, its alternative texts, nor by the day it was taken."""
    photo = secretive()
    link = LinkFactory(photo=None, album=album_of(photo)) if in_album else LinkFactory(photo=photo)
    pages = (
        page(visitor, link) + visitor.get(reverse("sharing:photo", args=[link.access_key, photo.pk])).content.decode()
    )

    for word in ("SECRET", "424242", "52.12", photo.taken_at.strftime("%Y-%m-%d"), photo.taken_at.strftime("%B %Y")):
        assert word not in pages


def test_with_details_a_page_tells_all_but_the_place_and_the_server(visitor: Client) -> None:
    """These two are nobody's business unless the first is ticked."""
    link = LinkFactory(photo=secretive(), show_details=True)
    told = page(visitor, link)
    SharedLink.objects.update(show_location=True)

    for word in ("SECRET prompt", "SECRET no", "SECRET title", "SECRET model", "SECRET.png", "424242"):
        assert word in told
    assert "52.12" not in told
    assert "9090" not in told
    assert "52.12" in page(visitor, link)


@pytest.mark.parametrize(("shown", "tells"), [(ShownPath.PICTURES, False), (ShownPath.PROMPTS, True)])
def test_a_path_is_shown_with_prompts_or_without(visitor: Client, shown: ShownPath, tells: bool) -> None:
    """From the first source to the picture."""
    source = complete_photo(generation_prompt="FIRST")
    photo = complete_photo(generation_prompt="SECOND", source_image=source, is_generated=True)
    link = LinkFactory(photo=photo, show_path=shown)
    told = page(visitor, link)
    behind = visitor.get(reverse("sharing:photo", args=[link.access_key, source.pk])).content.decode()

    assert reverse("sharing:grid", args=[link.access_key, source.pk]) in told
    assert ("FIRST" in told, "SECOND" in told, "FIRST" in behind) == (tells, tells, tells)


@pytest.mark.parametrize("name", ["original", "grid", "large", "preview"])
def test_no_header_tells_the_checksum_or_the_name(visitor: Client, name: str) -> None:
    """With a checksum one could find out whether one guessed what was written in the file."""
    photo = complete_photo(original_name="SECRET\nname.png")
    link = LinkFactory(photo=photo, may_download=True)
    answer = visitor.get(reverse(f"sharing:{name}", args=[link.access_key, *([] if name == "preview" else [photo.pk])]))
    told = f"{answer.headers}"

    assert answer["ETag"]
    assert photo.checksum is not None
    assert photo.checksum[:8] not in told
    assert "SECRET" not in told


def test_a_strange_file_name_is_no_obstacle(visitor: Client) -> None:
    """Line breaks and quotes in it neither break the header nor add to it."""
    photo = complete_photo(original_name='a"b\r\nSet-Cookie: c\tü.png')
    link = LinkFactory(photo=photo, may_download=True, show_details=True)
    answer = visitor.get(reverse("sharing:original", args=[link.access_key, photo.pk]))

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_page_has_nothing_of_the_owners(owner_client: Client) -> None:
    """No way into the library, whoever looks."""
    told = page(owner_client, LinkFactory(photo=complete_photo()))

    for word in ("/trash/", "/settings/", "/generate/", "csrf", 'class="nav"'):
        assert word not in told


def test_a_messenger_is_shown_title_and_picture(visitor: Client) -> None:
    """By absolute addresses; the picture comes through the gate as a JPEG."""
    link = LinkFactory(photo=complete_photo(), title="Fog")
    told = page(visitor, link)
    preview = visitor.get(reverse("sharing:preview", args=[link.access_key]))

    assert '<meta property="og:title" content="Fog">' in told
    assert f'content="http://testserver{link.address}preview.jpg"' in told
    assert (preview.status_code, preview["Content-Type"]) == (200, "image/jpeg")


def test_a_messenger_is_shown_nothing_behind_a_password(visitor: Client, locked: SharedLink) -> None:
    """Neither before it is given nor after."""
    before = page(visitor, locked)
    guess(visitor, locked, PASSWORD)

    assert "og:" not in before + page(visitor, locked)


def test_an_album_comes_in_pages_in_its_own_order(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """By keys, as plain links."""
    monkeypatch.setattr("sharing.reach.PAGE_SIZE", 2)
    photos = [PhotoFactory() for _ in range(5)]
    link = LinkFactory(photo=None, album=album_of(*reversed(photos)))
    found, address = [], link.address
    while address:
        told = visitor.get(address)
        found += [picture.photo.pk for picture in told.context["pictures"]]
        following = told.context["page"].following
        address = f"{link.address}?after={following}" if following else ""

    assert found == [photo.pk for photo in reversed(photos)]


def test_the_way_back_leads_to_the_page_a_picture_stands_on(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """However far on that is; what stands before it is one step away, with scripts or without."""
    monkeypatch.setattr("sharing.reach.PAGE_SIZE", 2)
    photos = [complete_photo() for _ in range(5)]
    link = LinkFactory(photo=None, album=album_of(*photos))
    shown = visitor.get(f"{link.address}photos/{photos[3].pk}/").context
    back = visitor.get(shown["back"].partition("#")[0])
    above = visitor.get(f"{link.address}?before={back.context['page'].preceding}")

    assert (
        visitor.get(f"{link.address}photos/{photos[1].pk}/").context["back"] == f"{link.address}#photo-{photos[1].pk}"
    )
    assert [picture.photo for picture in back.context["pictures"]] == photos[3:]
    assert [picture.alt for picture in back.context["pictures"]] == ["Picture 4", "Picture 5"]
    assert [picture.photo for picture in above.context["pictures"]] == photos[1:3]
    assert "Pictures before" in above.content.decode()


def test_a_page_goes_on_beside_a_picture(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that took cards out knows no more. A picture that left the album tells nothing."""
    monkeypatch.setattr("sharing.reach.PAGE_SIZE", 2)
    photos = [complete_photo() for _ in range(5)]
    link = LinkFactory(photo=None, album=album_of(*photos))
    part = {"HX-Request": "true", "HX-Target": "pager"}
    on = visitor.get(f"{link.address}?after-photo={photos[1].pk}", headers=part)

    assert [picture.photo for picture in on.context["pictures"]] == photos[2:4]
    assert "<main" not in on.content.decode()
    assert visitor.get(f"{link.address}?after-photo={complete_photo().pk}", headers=part).status_code == 404


def test_places_far_on_are_not_counted(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture deep in a long album costs what the first one costs; its name is still one of its own."""
    monkeypatch.setattr(reach, "NUMBERED", 2)
    photos = [complete_photo() for _ in range(4)]
    link = LinkFactory(photo=None, album=album_of(*photos), may_download=True)

    def shown(photo: Photo) -> str:
        return visitor.get(f"{link.address}photos/{photo.pk}/").content.decode()

    assert '<p class="viewer__place">2</p>' in shown(photos[1])
    assert "viewer__place" not in shown(photos[3])
    saved = visitor.get(f"{link.address}originals/{photos[3].pk}/")["Content-Disposition"]
    assert f'filename="photo-{photos[3].pk.hex[:8]}.png"' in saved
    monkeypatch.setattr(reach, "NUMBERED", 4)
    assert '<p class="viewer__place">4 of 4</p>' in shown(photos[3])


def test_a_page_costs_the_same_however_large_the_album_is(
    visitor: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    """The link, the pictures, how many, and the visit."""
    small = LinkFactory(photo=None, album=album_of(PhotoFactory()))
    large = LinkFactory(photo=None, album=album_of(*[PhotoFactory() for _ in range(30)]))
    for link in (small, large):
        with django_assert_num_queries(5):
            visitor.get(link.address)
    assert paging.PAGE_SIZE > 30


def test_a_visitor_is_counted_once_an_hour(visitor: Client, time_machine: Any) -> None:
    """However often the page is opened; when it was opened last is noted each time."""
    link = LinkFactory(photo=complete_photo())
    for _ in range(3):
        visitor.get(link.address)
    Client().get(link.address)
    seen = SharedLink.objects.get()

    assert (seen.visit_count, seen.last_accessed_at is not None) == (2, True)
    assert all(cookie["path"] == link.address for cookie in visitor.cookies.values())


def test_neither_the_owner_nor_a_program_that_only_looks_is_counted(owner_client: Client, visitor: Client) -> None:
    """“View as visitor” and HEAD are no visits."""
    owner_client.get("/settings/")
    link = LinkFactory(photo=complete_photo())
    owner_client.get(link.address)
    visitor.head(link.address)

    assert SharedLink.objects.get().visit_count == 0


def test_a_visit_leaves_the_owners_session_alone(owner_client: Client) -> None:
    """It is neither read nor written."""
    before = dict(owner_client.cookies)
    answer = owner_client.get(LinkFactory(photo=complete_photo()).address)

    assert set(answer.cookies) <= {name for name in answer.cookies if name.startswith("gallery_visit")}
    assert dict(owner_client.cookies).keys() - before.keys() == set(answer.cookies)
    assert owner_client.get("/settings/").status_code == 200


def test_a_wrong_password_is_said_and_a_right_one_opens(visitor: Client, locked: SharedLink) -> None:
    """And goes on to the page."""
    assert guess(visitor, locked, WRONG) == 403
    assert guess(visitor, locked, PASSWORD) == 302
    assert visitor.get(locked.address).status_code == 200


def test_guessing_is_slowed_down_before_the_password_is_looked_at(visitor: Client, locked: SharedLink) -> None:
    """Even the right one has to wait then."""
    for _ in range(tries.VISITOR.free):
        guess(visitor, locked, WRONG)
    answer = visitor.post(f"{locked.address}unlock/", {"password": PASSWORD}, REMOTE_ADDR="198.51.100.7")

    assert answer.status_code == 403
    assert int(answer["Retry-After"]) <= 5
    assert "Too many tries" in answer.content.decode()


def test_the_wait_ends_by_itself(visitor: Client, locked: SharedLink) -> None:
    """Nobody is locked out."""
    for _ in range(tries.VISITOR.free):
        guess(visitor, locked, WRONG)
    PasswordTry.objects.update(next_at=clock.now())

    assert guess(visitor, locked, PASSWORD) == 302


def test_strangers_who_guess_do_not_lock_out_who_knows(visitor: Client, locked: SharedLink) -> None:
    """The link's own bucket makes wait only who has been wrong already."""
    now = clock.now()
    for number in range(tries.LINK.free + 5):
        tries.charge(locked, f"203.0.113.{number}", now=now)
    again = tries.charge(locked, "203.0.113.1", now=now)

    assert again > timedelta()
    assert guess(visitor, locked, PASSWORD) == 302


def test_who_knows_the_password_makes_nobody_wait(visitor: Client, locked: SharedLink) -> None:
    """However many open the link within the hour, none of them has guessed."""
    for _ in range(3):
        guess(visitor, locked, PASSWORD)

    assert [row.count for row in PasswordTry.objects.filter(visitor=tries.EVERYBODY)] == [0]


def test_the_address_of_a_refusal_leads_back_to_the_question(visitor: Client, locked: SharedLink) -> None:
    """It is what the browser shows after a wrong password, so somebody will send it on."""
    for address in (locked.address, "/s/none/"):
        assert visitor.get(f"{address}unlock/")["Location"] == address


def test_the_wait_grows_and_has_an_end() -> None:
    """Seconds at first, minutes at most."""
    waits = [tries.VISITOR.wait_after(number) for number in (4, 5, 6, 40)]

    assert waits == [timedelta(), timedelta(seconds=5), timedelta(seconds=10), timedelta(minutes=5)]


def test_a_household_of_ipv6_is_one_visitor(visitor: Client, locked: SharedLink) -> None:
    """Else one machine would have more addresses than there are tries. No address is kept."""
    for number in range(tries.VISITOR.free + 1):
        answer = guess(visitor, locked, WRONG, address=f"2001:db8::{number + 1}")
    guess(visitor, locked, WRONG, address="2001:db8:0:1::1")
    counts = PasswordTry.objects.exclude(visitor=tries.EVERYBODY).order_by("count")

    assert answer == 403
    assert [row.count for row in counts] == [1, tries.VISITOR.free]
    assert not [row for row in counts if "2001" in row.visitor]


def test_a_link_to_another_page_is_gone_on_to(visitor: Client) -> None:
    """The password page remembers the picture."""
    photo = complete_photo()
    link = LinkFactory(photo=None, album=album_of(photo), locked=True)
    asked = visitor.get(reverse("sharing:photo", args=[link.access_key, photo.pk])).content.decode()
    answer = visitor.post(f"{link.address}unlock/", {"password": PASSWORD, "photo": str(photo.pk)})

    assert f'name="photo" value="{photo.pk}"' in asked
    assert answer["Location"] == reverse("sharing:photo", args=[link.access_key, photo.pk])


def test_three_long_downloads_are_enough(visitor: Client) -> None:
    """The fourth is asked to come back."""
    link = LinkFactory(photo=None, album=album_of(complete_photo()), may_download=True)
    address = reverse("sharing:all", args=[link.access_key])
    under_way = [visitor.get(address) for _ in range(3)]
    answer = visitor.get(address)
    for one in under_way:
        b"".join(one.streaming_content)

    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert visitor.head(address).status_code == 200


def test_revoking_ends_a_download_that_is_under_way(visitor: Client) -> None:
    """The gate is asked again before each picture."""
    from sharing.gate import Closed

    link = LinkFactory(photo=None, album=album_of(complete_photo(), complete_photo()), may_download=True)
    pieces = iter(visitor.get(reverse("sharing:all", args=[link.access_key])).streaming_content)
    next(pieces)
    SharedLink.objects.update(revoked_at=clock.now())

    with pytest.raises(Closed):
        list(pieces)
