"""Albums that fill themselves."""

import pytest
from django.test import Client

from photos.models import SavedSearch
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def search() -> SavedSearch:
    """What is a favourite."""
    return SavedSearch.objects.create(name="The best", query="is:favorite")


def test_saved_searches_are_cards_beside_the_albums(owner_client: Client, search: SavedSearch) -> None:
    """Each with its menu; the cover comes when it is seen."""
    page = owner_client.get("/albums/").content.decode()

    assert f'href="/?q=is%3Afavorite">{search.name}</a>' in page
    assert f'hx-get="/albums/smart/{search.pk}/cover/"' in page
    assert "Actions for The best" in page


def test_the_cover_shows_the_newest_and_how_many_there_are(owner_client: Client, search: SavedSearch) -> None:
    """Three if there are so many, else one, else a sign."""
    address = f"/albums/smart/{search.pk}/cover/"
    empty = owner_client.get(address, headers=HTMX).content.decode()
    photos = [PhotoFactory(is_favorite=True) for _ in range(3)]
    PhotoFactory()
    full = owner_client.get(address, headers=HTMX).content.decode()

    assert "Empty so far" in empty
    assert "3 pictures" in full
    assert all(photo.grid_url in full for photo in photos)
    assert owner_client.get(address).url == search.get_absolute_url()


def test_the_list_asks_as_often_for_many_searches(owner_client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """Covers are asked for one by one, and only those that are seen."""
    for number in range(20):
        SavedSearch.objects.create(name=f"Number {number}", query=f"rating:{number}")
    with django_assert_max_num_queries(6):
        owner_client.get("/albums/")


def test_a_search_gets_another_name(owner_client: Client, search: SavedSearch) -> None:
    """Unless it is taken."""
    SavedSearch.objects.create(name="Taken", query="rating:5")
    refused = owner_client.post(f"/albums/smart/{search.pk}/rename/", {"name": "Taken"}, headers=HTMX)
    owner_client.post(f"/albums/smart/{search.pk}/rename/", {"name": " Loved  ones "}, headers=HTMX)
    search.refresh_from_db()

    assert "There is a search called “Taken” already" in refused.content.decode()
    assert search.name == "Loved ones"


def test_a_deleted_search_leaves_one_on_the_page_one_is_on(owner_client: Client, search: SavedSearch) -> None:
    """With the way back in the toast."""
    referer = {"Referer": "http://testserver/albums/"}
    answer = owner_client.post(f"/searches/{search.pk}/delete/", headers=referer)

    assert answer.url == "/albums/"
    assert "The search “The best” is deleted" in owner_client.get("/albums/").content.decode()
