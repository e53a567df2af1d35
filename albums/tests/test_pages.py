"""The pages of albums."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums import changing
from albums.models import Album
from albums.tests.factories import AlbumFactory, album_of, order_of
from lib import paging
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_each_album_with_its_size_and_dates(owner_client):
    """The one that changed last first, or by name."""
    album_of(PhotoFactory(), PhotoFactory(), name="Skagen")
    AlbumFactory(name="alps")
    listed, named = page(owner_client, "/albums/"), page(owner_client, "/albums/", by="name")

    assert "2 · May 2026" in listed
    assert named.index(">alps<") < named.index(">Skagen<")
    assert listed.index(">alps<") < listed.index(">Skagen<")


def test_without_albums_the_list_says_what_they_are(owner_client):
    """With the way to the first one."""
    assert "Gather pictures in an album" in page(owner_client, "/albums/")


@pytest.mark.parametrize("address", ["/albums/", "album"])
def test_pages_ask_as_often_for_many_as_for_few(owner_client, address):
    """Whatever there is."""
    album = album_of(PhotoFactory())
    address = album.get_absolute_url() if address == "album" else address
    counts = []
    for number in (1, 30):
        album_of(*PhotoFactory.create_batch(number))
        changing.index_photos(album.pk)
        owner_client.get(address)
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_album_is_made_with_its_name(owner_client):
    """Without needless spaces; without a name it is asked for again."""
    assert "An album needs a name" in owner_client.post("/albums/new/", {"name": "  "}).content.decode()
    owner_client.post("/albums/new/", {"name": "  Sea   at dusk ", "description": "In October"})
    album = Album.objects.get()

    assert (album.name, album.description) == ("Sea at dusk", "In October")


def test_an_album_is_shown_page_by_page_in_its_order(owner_client, monkeypatch):
    """Without what is in the trash."""
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    photos = PhotoFactory.create_batch(3)
    album = album_of(photos[2], photos[0], PhotoFactory(trashed=True), photos[1])
    first = page(owner_client, album.get_absolute_url())
    after = first[first.rindex("after=") + 6 :].partition('"')[0]
    second = page(owner_client, album.get_absolute_url(), after=after)

    assert "3 pictures" in first
    assert first.index(f"photo-{photos[2].pk}") < first.index(f"photo-{photos[0].pk}")
    assert f"photo-{photos[1].pk}" not in first
    assert f"photo-{photos[1].pk}" in second
    # One more is in the template of the script.
    assert [part.count('id="pager-above"') for part in (first, second)] == [1, 2]


def test_the_viewer_goes_through_the_album_in_its_order(owner_client):
    """And back to the page that begins with the picture."""
    photos = PhotoFactory.create_batch(4)
    album = album_of(photos[2], photos[0], photos[3])
    shown = page(owner_client, photos[0].get_absolute_url(), album=album.pk)
    by_date = page(owner_client, photos[2].get_absolute_url(), album=album.pk, by="oldest")

    assert f'rel="prev" href="/photos/{photos[2].pk}/?album={album.pk}"' in shown
    assert f'rel="next" href="/photos/{photos[3].pk}/?album={album.pk}"' in shown
    assert f'href="/albums/{album.pk}/?after=' in shown
    assert f'rel="next" href="/photos/{photos[3].pk}/?album={album.pk}&amp;by=oldest"' in by_date


@pytest.mark.parametrize("album", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_list_that_is_not_there_is_the_timeline(owner_client, album):
    """A picture can be looked at all the same."""
    older, newer = PhotoFactory.create_batch(2)

    assert f'rel="next" href="/photos/{older.pk}/"' in page(owner_client, newer.get_absolute_url(), album=album)


def test_a_long_album_goes_on_both_ways_from_a_photo(owner_client, monkeypatch):
    """As the script asks that has taken out cards far away; from one that has left it says so."""
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    photos = PhotoFactory.create_batch(6)
    address = album_of(*photos).get_absolute_url()
    ids = [f'id="photo-{photo.pk}"' for photo in photos]

    def part(target, **query):
        answer = owner_client.get(address, query, headers=HTMX | {"HX-Target": target})
        return [number for number, name in enumerate(ids) if name in answer.content.decode()], answer.content.decode()

    after, later = part("pager", **{"after-photo": photos[1].pk})
    before, earlier = part("pager-above", **{"before-photo": photos[4].pk})
    assert (after, 'id="pager"' in later, "pager-above" in later) == ([2, 3], True, False)
    assert (before, 'id="pager-above"' in earlier, 'id="pager"' in earlier) == ([2, 3], True, False)
    assert owner_client.get(address, {"after-photo": PhotoFactory().pk}).status_code == 404


def test_trashing_goes_on_to_the_next_of_the_album(owner_client):
    """Not to that of the timeline."""
    photos = PhotoFactory.create_batch(3)
    album = album_of(photos[0], photos[2], photos[1])
    answer = owner_client.post(f"/photos/{photos[0].pk}/trash/?album={album.pk}")

    assert answer.url == f"/photos/{photos[2].pk}/?album={album.pk}"


def test_a_move_is_answered_for_the_script(owner_client):
    """Or refused, when the neighbour is gone."""
    photos = PhotoFactory.create_batch(3)
    album = album_of(*photos)
    address = f"/albums/{album.pk}/move/"
    moved = owner_client.post(address, {"photo": photos[0].pk, "after": photos[2].pk})
    refused = owner_client.post(address, {"photo": photos[0].pk, "after": PhotoFactory().pk})

    assert (moved.status_code, refused.status_code) == (204, 409)
    assert order_of(album) == [photos[1], photos[2], photos[0]]


def test_selected_photos_move_to_an_end_without_script(owner_client):
    """In the order they have."""
    photos = PhotoFactory.create_batch(4)
    album = album_of(*photos)
    answer = owner_client.post(
        f"/albums/{album.pk}/move/",
        {"photo": [photos[1].pk, photos[0].pk], "to": "end", "next": album.get_absolute_url()},
    )

    assert answer.url == album.get_absolute_url()
    assert order_of(album) == [photos[2], photos[3], photos[0], photos[1]]


def test_name_and_cover_change_with_a_way_back(owner_client):
    """Each toast undoes its own change."""
    photos = PhotoFactory.create_batch(2)
    album = album_of(*photos, name="Sea")
    owner_client.post(f"/albums/{album.pk}/edit/", {"name": "Dusk", "description": ""})
    covered = owner_client.post(f"/albums/{album.pk}/cover/", {"photo": photos[1].pk}, follow=True)
    undo = [form.split('"')[0] for form in covered.content.decode().split('action="') if "take-back" in form[:20]]
    album.refresh_from_db()

    assert (album.name, album.cover_photo) == ("Dusk", photos[1])
    for address in undo:
        owner_client.post(address)
    album.refresh_from_db()
    assert (album.name, album.cover_photo) == ("Sea", None)


def test_a_stranger_to_the_album_is_no_cover(owner_client):
    """Nothing changes."""
    album = album_of(PhotoFactory())
    owner_client.post(f"/albums/{album.pk}/cover/", {"photo": PhotoFactory().pk})

    assert Album.objects.get().cover_photo is None


def test_an_album_is_deleted_and_brought_back(owner_client):
    """Its page is gone in between."""
    album = album_of(PhotoFactory(), name="Sea")
    listed = owner_client.post(f"/albums/{album.pk}/delete/", follow=True).content.decode()

    assert "The album “Sea” is deleted" in listed
    assert owner_client.get(album.get_absolute_url()).status_code == 404
    answer = owner_client.post(f"/albums/{album.pk}/restore/", headers=HTMX)
    assert answer["HX-Redirect"] == album.get_absolute_url()
    assert "1 picture" in page(owner_client, album.get_absolute_url())


def test_all_are_put_in_order_and_back(owner_client):
    """From the page's menu; an unknown order changes nothing."""
    photos = PhotoFactory.create_batch(3)
    album = album_of(photos[1], photos[0], photos[2])
    owner_client.post(f"/albums/{album.pk}/arrange/", {"by": "chance"})
    owner_client.post(f"/albums/{album.pk}/arrange/", {"by": "newest"})

    assert order_of(album) == photos[::-1]
    arrangement = Album.objects.get().arrangement
    owner_client.post(f"/albums/{album.pk}/arrange/{arrangement}/undo/")
    assert order_of(album) == [photos[1], photos[0], photos[2]]


def test_a_photo_tells_its_albums(owner_client):
    """Not those that were deleted."""
    photo = PhotoFactory()
    album_of(photo, name="Sea")
    changing.delete(album_of(photo, name="Gone").pk)
    panel = owner_client.get(f"/albums/for-photo/{photo.pk}/", headers=HTMX).content.decode()

    assert ">Sea<" in panel
    assert "Gone" not in panel


def test_visitors_see_no_albums(visitor):
    """They are sent to the door."""
    album = album_of(PhotoFactory(), name="Sea")

    for address in ("/albums/", album.get_absolute_url(), f"/albums/for-photo/{album.photos.get().pk}/"):
        assert visitor.get(address).status_code == 302
