"""The search box, its panel, and saved searches, as pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photos.models import SavedSearch
from photos.searching import search
from photos.tests.factories import PhotoFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def saved(db):
    return SavedSearch.objects.create(name="Foxes", query="fox rating:>=3")


def undo_address(page):
    return page.partition('action="/searches/restore/')[2].partition('"')[0]


def test_every_filter_is_a_chip_that_can_be_removed(owner_client):
    """The address of its link is the query without it."""
    page = owner_client.get("/", {"q": "fox rating:>=3 camera:canon"}).content.decode()

    assert 'href="/?q=fox+camera%3Acanon"' in page
    assert "Rated 3 and up" in page
    assert 'name="q" value="fox"' in page
    assert 'name="f" value="rating:&gt;=3 camera:canon"' in page


def test_a_mistake_is_told_and_the_page_still_answers(owner_client):
    """The rest of the query applies."""
    photo = PhotoFactory(rating=4)
    PhotoFactory(rating=1)
    page = owner_client.get("/", {"q": "rating:>=3 colour:red"})

    assert "There is no filter called “colour”." in page.content.decode()
    assert [shown.pk for day in page.context["days"] for shown in day.photos] == [photo.pk]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("🦊", "“🦊” holds no letter or digit to look for."),
        ("date:", "“date:” needs a value right behind the colon."),
        ("the", "“the” stands in nearly every text, so it is not looked for."),
    ],
)
def test_what_asks_for_nothing_is_told_once_it_is_sent(owner_client, query, sentence):
    """Everything is shown then, so the page says why; while one types, more may follow."""
    typed = owner_client.get("/", {"q": query}, headers={**HTMX, "HX-Trigger": "words"})

    assert sentence in owner_client.get("/", {"q": query}).content.decode()
    assert sentence not in typed.content.decode()


def test_typing_leaves_the_box_alone(owner_client):
    """Only a submitted search turns filters into chips; the text must not change under the fingers."""
    typed = owner_client.get("/", {"q": "rating:3"}, headers={**HTMX, "HX-Trigger": "words"})
    submitted = owner_client.get("/", {"q": "rating:3"}, headers={**HTMX, "HX-Trigger": "wanted"})

    assert 'id="search-box"' not in typed.content.decode()
    assert typed["HX-Replace-Url"] == "/?q=rating%3A3"
    assert 'id="search-box"' in submitted.content.decode()
    assert submitted["HX-Push-Url"] == "/?q=rating%3A3"


def test_the_timeline_asks_the_same_number_of_questions_whatever_it_finds(owner_client):
    """Filters cost a few questions each, never one for each picture."""
    query = {"q": "fox model:stand rating:>=0 -is:photo is:untagged"}

    def ask(count):
        photos = PhotoFactory.create_batch(count, generated=True)
        search.index([photo.pk for photo in photos])
        with CaptureQueriesContext(connection) as questions:
            owner_client.get("/", query)
        return len(questions)

    ask(1)
    assert ask(2) == ask(60)


def test_suggestions_are_options_of_a_list(owner_client):
    """Safe ones: names come from strangers' files."""
    search.index([PhotoFactory(generated=True, model_name="<b>Dream").pk])
    page = owner_client.get("/suggest/", {"q": "model:", "at": "6"}).content.decode()

    assert 'role="option"' in page
    assert "&lt;b&gt;Dream" in page


@pytest.mark.parametrize("at", ["", "-1", "x", "999999999", "²"])
def test_a_strange_caret_is_at_the_end(owner_client, at):
    """Scripts may say anything."""
    assert owner_client.get("/suggest/", {"q": "cam", "at": at}).status_code == 200


def test_the_panel_shows_the_query_and_writes_it_back(owner_client):
    """What it has no field for stays as it is."""
    query = 'fox -camera:leica model:"Dream Shaper" rating:>=3 is:generated has:children date:2024-03..2024-06'
    form = owner_client.get("/filters/", {"q": query}).context["form"]

    assert form["model"].value() == "Dream Shaper"
    assert (form["rating"].value(), form["kind"].value()) == ("3", "generated")
    assert str(form["until"].value()) == "2024-06-30"

    fields = {"q": query, "show": "1", "model": "Other", "rating": "", "kind": "photo", "size": "1024"}
    answer = owner_client.get("/filters/", fields)

    assert answer.headers["Location"] == "/?q=fox+-camera%3Aleica+is%3Aphoto+model%3AOther+size%3A%3E%3D1024"


def test_the_panel_tells_what_is_wrong(owner_client):
    """Beside the field."""
    page = owner_client.get("/filters/", {"show": "1", "seed": "abc"}).content.decode()

    assert "A seed is a whole number." in page


def test_a_search_is_saved_under_a_name(owner_client):
    """And shows what it finds at its address."""
    answer = owner_client.post("/searches/new/", {"q": "fox", "name": " Foxes "})

    assert answer.headers["Location"] == "/?q=fox"
    assert SavedSearch.objects.get().name == "Foxes"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"q": "fox", "name": "Foxes"}, "There is a search called “Foxes” already."),
        ({"q": "fox", "name": "  "}, "A search needs a name."),
        ({"q": "", "name": "All"}, "There is no search to save"),
        ({"q": "colour:red", "name": "All"}, "There is no search to save"),
        ({"q": "fox", "name": "x" * 101}, "A name has at most 100 characters."),
        ({"q": "fox", "name": "a\x00b"}, "A name has no invisible signs."),
    ],
)
def test_what_cannot_be_saved_is_told(owner_client, saved, fields, sentence):
    """Nothing is replaced silently."""
    assert sentence in owner_client.post("/searches/new/", fields).content.decode()
    assert SavedSearch.objects.count() == 1


def test_saved_searches_are_listed_in_words(owner_client, saved):
    """As a page, and as a part of another."""
    page = owner_client.get("/searches/").content.decode()
    part = owner_client.get("/searches/", headers=HTMX).content.decode()

    assert "fox, Rated 3 and up" in page
    assert "fox, Rated 3 and up" in part
    assert "<html" not in part


def test_a_saved_search_is_renamed(owner_client, saved):
    """Unless another has the name."""
    SavedSearch.objects.create(name="Boats", query="boat")
    owner_client.post(f"/searches/{saved.pk}/rename/", {"name": "Red foxes"})
    taken = owner_client.post(f"/searches/{saved.pk}/rename/", {"name": "Boats"}, follow=True)

    saved.refresh_from_db()
    assert saved.name == "Red foxes"
    assert "There is a search called “Boats” already" in taken.content.decode()


def test_a_deleted_search_comes_back(owner_client, saved):
    """The undo carries it."""
    page = owner_client.post(f"/searches/{saved.pk}/delete/", follow=True).content.decode()
    assert not SavedSearch.objects.exists()

    owner_client.post(f"/searches/restore/{undo_address(page)}")
    assert SavedSearch.objects.get().query == "fox rating:>=3"


def test_a_forged_undo_brings_nothing(owner_client):
    """Only what was deleted here."""
    owner_client.post("/searches/restore/forged/", follow=True)

    assert not SavedSearch.objects.exists()


def test_what_was_looked_for_is_marked_on_the_photo_page(owner_client):
    """The address brings the search along."""
    photo = PhotoFactory(generated=True, generation_prompt="a fox & a boat")

    assert "a <mark>fox</mark> &amp; a boat" in owner_client.get(f"/photos/{photo.pk}/?q=fox").content.decode()


@pytest.mark.parametrize("address", ["/suggest/", "/filters/", "/searches/", "/searches/new/"])
def test_visitors_are_sent_to_the_door(visitor, db, address):
    """Searches tell about the owner."""
    assert visitor.get(address).status_code == 302
