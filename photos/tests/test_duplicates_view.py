"""The page that shows pictures side by side."""

import re

import pytest

from photos.models import Photo
from photos.tests.factories import PhotoFactory
from photos.tests.test_deciding_duplicates import alike

HTMX = {"HX-Request": "true"}


def decided(client, photos, keep, **how):
    keys = [str(photo.pk) for photo in photos]
    return client.post("/duplicates/decide/", {"photo": keys, "keep": str(keep), "page": "1"}, **how)


def undo_address(response) -> str:
    found = re.search(r'action="(/duplicates/undo/[^"]+)"', response.content.decode())
    assert found
    return found[1]


def test_an_empty_page_says_what_it_is_for(owner_client):
    """Nothing waits."""
    assert "No duplicates to look at" in owner_client.get("/duplicates/").content.decode()


def test_one_is_kept_without_scripts(owner_client):
    """The list comes back with what was done, and the way back."""
    photos = alike(title="Sea")
    page = decided(owner_client, photos, photos[0].pk, follow=True)
    shown = list(Photo.objects.visible())
    owner_client.post(undo_address(page))

    assert "One kept, 1 picture moved to the trash" in page.content.decode()
    assert shown == [photos[0]]
    assert Photo.objects.visible().count() == 2


def test_htmx_gets_what_is_left(owner_client):
    """Not the whole page."""
    photos, others = alike(), alike()
    part = decided(owner_client, photos, "all", headers=HTMX).content.decode()

    assert "<html" not in part
    assert "All 2 kept" in part
    assert str(photos[0].pk) not in part
    assert str(others[0].pk) in part


def test_who_is_late_is_told_that_nothing_was_changed(owner_client):
    """Another tab was first."""
    photos = alike()
    decided(owner_client, photos, photos[0].pk)
    page = decided(owner_client, photos, photos[1].pk, follow=True).content.decode()

    assert "Nothing was changed" in page
    assert list(Photo.objects.visible()) == [photos[0]]


@pytest.mark.parametrize("sent", [{}, {"photo": "x", "keep": "x"}, {"photo": "x", "keep": "all", "page": "-²"}])
def test_nonsense_changes_nothing(owner_client, sent):
    """And breaks nothing."""
    alike()

    assert "Nothing was changed" in owner_client.post("/duplicates/decide/", sent, follow=True).content.decode()
    assert Photo.objects.visible().count() == 2


def test_a_page_number_that_is_none_shows_the_first(owner_client):
    """Addresses are typed, too."""
    alike()

    assert "look alike" in owner_client.get("/duplicates/", {"page": "²"}).content.decode()


def test_the_page_asks_the_same_number_of_questions_however_much_waits(owner_client, django_assert_num_queries):
    """Session, owner, pairs, photos, tags, albums, links and the rented pod."""
    alike()
    with django_assert_num_queries(8):
        owner_client.get("/duplicates/")
    for _ in range(8):
        alike(4, generated=True)
    with django_assert_num_queries(8):
        owner_client.get("/duplicates/")


@pytest.mark.django_db
def test_visitors_see_nothing_of_it(visitor):
    """The door is shut."""
    photos = alike()

    assert visitor.get("/duplicates/").status_code == 302
    decided(visitor, photos, photos[0].pk)
    assert Photo.objects.visible().count() == 2


def test_acts_need_a_post(owner_client):
    """Nothing is decided by following a link."""
    assert owner_client.get("/duplicates/decide/").status_code == 405
    assert owner_client.get(f"/duplicates/undo/{PhotoFactory().pk}/").status_code == 405
