"""Albums in their orders, page by page."""

import pytest

from albums import listing, orders
from albums.models import Album
from albums.tests.factories import album_of
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=listing.ORDERS)
def order(request):
    return listing.ORDERS[request.param]


@pytest.fixture
def album(db):
    photos = [PhotoFactory(original_name=f"{n % 3}_x.png", rating=n % 4) for n in range(9)]
    return album_of(*photos[4:], *photos[:4], PhotoFactory(trashed=True), PhotoFactory(pending=True))


def test_pages_hold_every_photo_once_in_order(album, order):
    """Walked on from key to key, and back again."""
    rows = listing.photos_of(album.pk, order).for_grid()
    everything, forwards = list(order.sort(rows)), []
    query: dict[str, str] = {}
    while True:
        page = orders.page(rows, order, query, size=2)
        forwards += page.rows
        if not page.following:
            break
        query = {"after": page.following}
    before = orders.page(rows, order, {"before": page.preceding}, size=2)

    assert forwards == everything
    assert len(everything) == 9
    assert before.rows == everything[6:8]
    assert before.following
    assert before.preceding


@pytest.mark.parametrize(
    "key", ["", "x", "²", "W10", "WzFd", "bnVsbA", "WyJcdTAwMDAiLCAxXQ", "W251bGwsbnVsbF0", "1e9", "[" * 99]
)
def test_nonsense_means_the_first_page(album, order, key):
    """Addresses are typed, too."""
    rows = listing.photos_of(album.pk, order).for_grid()

    assert orders.page(rows, order, {"after": key}, size=2).rows == list(order.sort(rows)[:2])


def test_names_are_sorted_whatever_their_capitals():
    """As people look for them."""
    lower, upper = PhotoFactory(original_name="a.png"), PhotoFactory(original_name="B.png")
    album = album_of(upper, lower)

    assert list(listing.NAME.sort(listing.photos_of(album.pk, listing.NAME))) == [lower, upper]


def test_albums_are_counted_dated_and_covered_by_what_is_shown():
    """Not by what is in the trash or on its way."""
    trashed, first, second = PhotoFactory(trashed=True), PhotoFactory(), PhotoFactory()
    album_of(trashed, second, first, PhotoFactory(pending=True), cover_photo=trashed)
    album = Album.objects.with_sizes().with_dates().with_covers().get()

    assert album.size == 2
    assert (album.since, album.until) == (first.taken_at, second.taken_at)
    assert (album.chosen, album.first, album.second, album.third) == (None, second.pk, first.pk, None)
    assert [photo.pk for photo in listing.span(album.pk)] == [first.pk, second.pk]


def test_a_large_album_is_dated_by_the_timeline(monkeypatch):
    """With the same result."""
    monkeypatch.setattr("albums.querysets.FEW", 1)
    photos = PhotoFactory.create_batch(3)
    album_of(*photos)
    PhotoFactory()
    album = Album.objects.with_dates().get()

    assert (album.since, album.until) == (photos[0].taken_at, photos[2].taken_at)


def test_a_cover_that_left_the_album_is_none():
    """The first picture is shown instead."""
    photo, stranger = PhotoFactory.create_batch(2)
    album_of(photo, cover_photo=stranger)
    album = Album.objects.with_covers().get()

    assert album.chosen is None
    assert album.first == photo.pk
