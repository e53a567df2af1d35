"""The bytes of pictures, and the gate before them."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import resolve

from lib import clock
from photos.files import gate, renditions, turns
from photos.tests import pictures
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails", "nudges")]
CONTENT = b"0123456789" * 10


@pytest.fixture
def photo():
    """A photo with its original and its thumbnail."""
    photo = PhotoFactory(with_file=True, with_thumbnail=True, original_name="Blue – sea.png")
    storages["thumbnails"].save(photo.local_thumbnail_path, ContentFile(pictures.webp()))
    return photo


@pytest.fixture
def browser(owner_client):
    """The owner's browser after its first page, so that it has the cookie."""
    owner_client.get("/settings/")
    assert gate.COOKIE in owner_client.cookies
    return owner_client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_thumbnail_needs_no_query(browser, photo, django_assert_num_queries):
    """The address holds all that is needed, the cookie all that is asked."""
    with django_assert_num_queries(0):
        response = browser.get(photo.grid_url)

    assert (response.status_code, response["Content-Type"], response.content) == (200, "image/webp", pictures.webp())


@pytest.mark.parametrize("is_short", [True, False])
def test_both_ways_to_a_thumbnail_end_alike(browser, photo, monkeypatch, is_short):
    """The short one only saves time."""
    monkeypatch.setattr(gate, "has_cookie", lambda request: is_short)
    response = browser.get(photo.grid_url)

    assert (response.status_code, response.content) == (200, pictures.webp())
    assert ("Cookie" in response.headers.get("Vary", "")) is not is_short


def test_a_thumbnail_is_kept_for_ever_by_this_browser_alone(browser, photo):
    """Other bytes would have another address."""
    response = browser.get(photo.grid_url)

    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["grid_url", "original_url", "download_url"])
def test_a_visitor_gets_no_byte(visitor, photo, address):
    """Whatever address was guessed or leaked."""
    assert visitor.get(getattr(photo, address)).status_code == 403


def test_without_the_cookie_the_session_answers(owner_client, photo):
    """And the cookie comes with the picture."""
    response = owner_client.get(photo.grid_url)

    assert (response.status_code, gate.COOKIE in response.cookies) == (200, True)


def test_the_cookie_of_another_session_is_of_no_use(browser, photo):
    """It is tied to the session's key."""
    thief = Client()
    thief.cookies[gate.COOKIE] = browser.cookies[gate.COOKIE].value
    thief.cookies["sessionid"] = "x" * 32

    assert thief.get(photo.grid_url).status_code == 403


def test_a_forged_cookie_is_of_no_use(visitor, photo):
    """It is signed."""
    visitor.cookies["sessionid"] = "x" * 32
    visitor.cookies[gate.COOKIE] = gate.cookie_for("x" * 32)[:-1] + "_"

    assert visitor.get(photo.grid_url).status_code == 403


def test_an_old_cookie_is_of_no_use_by_itself(photo, visitor, time_machine):
    """After an hour the session is asked again."""
    visitor.cookies["sessionid"] = "x" * 32
    visitor.cookies[gate.COOKIE] = gate.cookie_for("x" * 32)
    time_machine.move_to(clock.now() + gate.MAX_AGE + timedelta(seconds=2))

    assert visitor.get(photo.grid_url).status_code == 403


@pytest.mark.parametrize(("age", "renewed"), [(timedelta(minutes=5), False), (timedelta(minutes=31), True)])
def test_a_page_renews_the_cookie_in_time(browser, time_machine, age, renewed):
    """At half of its life, not at each page."""
    time_machine.move_to(clock.now() + age)

    assert (gate.COOKIE in browser.get("/settings/").cookies) is renewed


def test_signing_out_takes_the_cookie_away(browser, photo):
    """The next owner of the browser sees nothing."""
    browser.post("/logout/")

    assert browser.cookies[gate.COOKIE].value == ""
    assert browser.get(photo.grid_url).status_code == 403


def test_a_thumbnail_that_is_known_is_not_sent_again(browser, photo):
    """304, without a body."""
    etag = browser.get(photo.grid_url)["ETag"]
    response = browser.get(photo.grid_url, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_only_the_address_of_these_bytes_answers(browser, photo):
    """A guessed checksum shows nothing."""
    wrong = photo.original_url.replace(photo.checksum[:12], "0" * 12)

    assert browser.get(wrong).status_code == 404


def test_a_lost_thumbnail_is_made_again_and_the_original_shown_meanwhile(browser, photo, nudges):
    """The folder of thumbnails may be thrown away."""
    storages["thumbnails"].delete(photo.local_thumbnail_path)
    first, second = browser.get(photo.grid_url), browser.get(photo.grid_url)

    assert (first.status_code, first["Location"], first["Cache-Control"]) == (302, photo.original_url, "no-store")
    assert (second.status_code, nudges) == (302, [("make_thumbnails", str(photo.pk))])


def test_the_large_rendition_is_asked_for_when_it_is_looked_at(browser, nudges):
    """Until then the original shows."""
    photo = PhotoFactory(with_file=True, width=1700, height=20)
    response = browser.get(photo.large_url)

    assert (response["Location"], nudges) == (photo.original_url, [("make_large", str(photo.pk))])


def test_a_purged_picture_is_gone(browser, photo):
    """No row, no answer."""
    address = photo.large_url
    photo.delete()

    assert browser.get(address).status_code == 404


def test_an_original_is_answered_byte_for_byte(browser, photo):
    """With its true type, and no powers in the browser."""
    response = browser.get(photo.original_url)

    assert hashlib.sha256(body(response)).hexdigest() == photo.checksum
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_download_has_the_name_the_owner_knows(browser, photo):
    """Letters of every language."""
    response = browser.get(photo.download_url)

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Blue%20%E2%80%93%20sea.png"


def get_part(browser, header, **more):
    photo = PhotoFactory(content=CONTENT)
    return browser.get(photo.original_url, headers={"Range": header, **more})


def test_a_part_of_an_original_is_answered(browser):
    """Downloads go on where they stopped."""
    response = get_part(browser, "bytes=95-")

    assert (response.status_code, body(response)) == (206, b"56789")
    assert (response["Content-Range"], response["Content-Length"]) == ("bytes 95-99/100", "5")


def test_a_part_behind_the_end_is_not_satisfiable(browser):
    """416, with the size."""
    response = get_part(browser, "bytes=100-")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


def test_a_download_of_other_bytes_begins_anew(browser):
    """If-Range names what the browser has."""
    assert get_part(browser, "bytes=95-", **{"If-Range": '"something-else"'}).status_code == 200


@pytest.mark.parametrize("address", ["grid_url", "original_url"])
def test_head_tells_the_size_without_a_body(browser, photo, address):
    """As players ask before they play."""
    size = len(body(browser.get(getattr(photo, address))))
    response = browser.head(getattr(photo, address))

    assert (response["Content-Length"], body(response)) == (str(size), b"")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_bytes_are_only_read(browser, photo, method):
    """Nothing is written here."""
    assert getattr(browser, method)(photo.original_url).status_code == 405


def test_three_long_downloads_at_once(browser, monkeypatch):
    """The fourth is asked to come back; a finished one gives its turn back."""
    monkeypatch.setattr("photos.files.serving.LONG", 10)
    address = PhotoFactory(content=CONTENT).original_url
    under_way = [browser.get(address) for _ in range(turns.AT_ONCE)]
    refused = browser.get(address)
    bodies = [body(response) for response in under_way]

    assert (refused.status_code, refused["Retry-After"]) == (503, "15")
    assert bodies == [CONTENT] * turns.AT_ONCE
    assert body(browser.get(address)) == CONTENT


def test_every_address_of_a_photo_leads_to_its_view():
    """They are put together without the URL configuration, for speed."""
    photo = PhotoFactory.build(with_thumbnail=True, width=1700)
    names = [resolve(address).url_name for address in (photo.grid_url, photo.large_url, photo.original_url)]

    assert names == ["grid", "large", "original"]
    assert (renditions.GRID, renditions.LARGE) == ("grid", "large")


def test_a_missing_thumbnail_is_told_on_a_page_like_any_other(browser):
    """With the same policy for what it may run: the short way has none."""
    response = browser.get(f"/pictures/grid/{PhotoFactory.build().pk}-{'0' * 12}.webp")

    assert response.status_code == 404
    assert "default-src" in response["Content-Security-Policy"]


def test_a_file_that_vanished_is_told_with_what_helps(browser, photo):
    """Somebody tidied the data folder: the page names the file to put back, and the photo's page still opens."""
    storages["originals"].delete(photo.local_storage_path)
    response = browser.get(photo.original_url)

    assert response.status_code == 404
    assert photo.local_storage_path in response.content.decode()
    assert browser.get(photo.get_absolute_url()).status_code == 200
