"""The timeline page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from photos.models import Photo
from photos.searching import search
from photos.tests.factories import PhotoFactory

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
MORE = {"HX-Request": "true", "HX-Target": "pager"}


def _shown(response) -> list:
    return [photo.pk for day in response.context["days"] for photo in day.photos]


def test_the_newest_picture_comes_first(owner_client):
    """The timeline falls from now into the past."""
    photos = [PhotoFactory(taken_at=NOON + timedelta(hours=hour)) for hour in range(3)]

    assert _shown(owner_client.get("/")) == [photo.pk for photo in reversed(photos)]


def test_trash_and_what_is_not_here_are_not_shown(owner_client):
    """Only what can be looked at is in the timeline."""
    PhotoFactory(trashed=True)
    PhotoFactory(pending=True)

    assert "Your library is empty" in owner_client.get("/").content.decode()


def test_the_filters_of_the_address_narrow_the_list(owner_client):
    """Source, favourites, model and words together."""
    wanted = PhotoFactory(generated=True, is_favorite=True, generation_prompt="a harbour at noon")
    PhotoFactory(generated=True, is_favorite=True, generation_prompt="a harbour at noon", model_name="Another")
    PhotoFactory(generated=True, generation_prompt="a harbour at noon")
    search.index(Photo.objects.values_list("pk", flat=True))

    query = {"q": "harbour", "source": "generated", "favourites": "1", "model": "Stand-in SDXL"}

    assert _shown(owner_client.get("/", query)) == [wanted.pk]


@pytest.mark.parametrize("query", ["source=nonsense", "before=nonsense", "after=x_y", "favourites=maybe", "q=%00"])
def test_nonsense_in_the_address_is_left_out(owner_client, query):
    """A slip in the address shows the timeline, not an error."""
    PhotoFactory()

    assert len(_shown(owner_client.get(f"/?{query}"))) == 1


def test_nothing_found_counts_what_the_filters_leave_out(owner_client):
    """The page tells the way out."""
    PhotoFactory.create_batch(2)

    page = owner_client.get("/", {"source": "generated"}).content.decode()

    assert "One filter is on. Without it there are 2 pictures." in page


def test_pages_link_to_each_other_without_scripts(owner_client):
    """Older and newer are plain links that keep the filters."""
    PhotoFactory.create_batch(130, taken_at=NOON)
    first = owner_client.get("/", {"source": "photo"})

    older = owner_client.get("/", {"source": "photo", "before": str(first.context["page"].older)})

    assert 'href="?q=is%3Aphoto&amp;before=' in first.content.decode()
    assert 'href="?q=is%3Aphoto&amp;after=' in older.content.decode()
    assert len(set(_shown(first)) | set(_shown(older))) == 130


def test_htmx_gets_only_what_follows(owner_client):
    """A day that goes on is added to the grid under its heading."""
    PhotoFactory.create_batch(130, taken_at=NOON)
    key = str(owner_client.get("/").context["page"].older)

    more = owner_client.get("/", {"before": key}, headers=MORE).content.decode()

    assert 'id="day-2026-05-03-grid" hx-swap-oob="beforeend"' in more
    assert "<h2" not in more
    assert "<html" not in more


def test_searching_by_htmx_puts_a_clean_address_into_the_history(owner_client):
    """Empty fields of the form do not litter the address."""
    response = owner_client.get("/?q=fox&model=&source=", headers={"HX-Request": "true", "HX-Trigger": "wanted"})

    assert response["HX-Push-Url"] == "/?q=fox"


def test_the_timeline_asks_the_same_number_of_questions_however_long_it_is(owner_client):
    """The millionth picture is as near as the first."""
    PhotoFactory.create_batch(110, generated=True, taken_at=NOON)
    with CaptureQueriesContext(connection) as before:
        owner_client.get("/")
    PhotoFactory.create_batch(100, generated=True, taken_at=NOON)
    with CaptureQueriesContext(connection) as after:
        owner_client.get("/")

    assert len(before) == len(after)


def test_only_cards_with_a_thumbnail_are_exchanged(owner_client):
    """A waiting card asks again until there is something better to show."""
    ready = PhotoFactory(with_thumbnail=True)
    waiting = PhotoFactory()

    asked = {"ready": "", "photo": [ready.pk, waiting.pk, "nonsense"]}
    cards = owner_client.get("/photos/cards/", asked).content.decode()

    assert f"photo-{ready.pk}" in cards
    assert f"photo-{waiting.pk}" not in cards


def test_newer_pictures_are_counted(owner_client):
    """The page asks whether something came since it was made."""
    PhotoFactory(taken_at=NOON)
    top = str(owner_client.get("/").context["top"])
    PhotoFactory.create_batch(2, taken_at=NOON + timedelta(hours=1))

    assert owner_client.get("/photos/newer/", {"after": top}).json() == {"newer": 2}


def test_a_visitor_is_sent_to_the_door(visitor: Client, db: None):
    """The library is the owner's."""
    assert visitor.get("/").status_code == 302


ABOVE = {"HX-Request": "true", "HX-Target": "pager-above"}


def test_htmx_gets_what_is_above(owner_client):
    """A day that began further up is continued upwards, under the heading it already has."""
    photos = PhotoFactory.create_batch(130, taken_at=NOON)
    page = owner_client.get("/", {"before": str(owner_client.get("/").context["page"].older)}).context["page"]

    above = owner_client.get("/", {"after": str(page.newer)}, headers=ABOVE).content.decode()

    assert 'id="day-2026-05-03-grid" hx-swap-oob="afterbegin"' in above
    assert above.count('class="photo-card"') == len(photos) - 30
    assert "<h2" not in above
    assert 'id="pager"' not in above


def test_the_heading_of_a_month_moves_up_with_its_first_day(owner_client):
    """What comes above brings the heading, and the one below it goes."""
    PhotoFactory.create_batch(2, taken_at=NOON)
    PhotoFactory.create_batch(2, taken_at=NOON + timedelta(days=1))
    top = owner_client.get("/", {"at": "2026-05-03"}).context["page"].newer

    above = owner_client.get("/", {"after": str(top)}, headers=ABOVE).content.decode()

    assert '<h2 class="month" id="month-2026-05">May 2026</h2>' in above
    assert '<h2 id="month-2026-05" hx-swap-oob="delete">' in above


def test_a_month_has_one_heading_over_all_its_pages(owner_client):
    """What follows in the same month needs none."""
    PhotoFactory.create_batch(100, taken_at=NOON)
    PhotoFactory.create_batch(2, taken_at=NOON - timedelta(days=1))
    PhotoFactory(taken_at=NOON - timedelta(days=40))
    first = owner_client.get("/")

    more = owner_client.get("/", {"before": str(first.context["page"].older)}, headers=MORE).content.decode()

    assert first.content.decode().count('class="month"') == 1
    assert [title in more for title in ("May 2026", "March 2026")] == [False, True]
