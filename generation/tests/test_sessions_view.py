"""The list of sessions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generation.models import GenerationSession
from generation.sessions import choosing, listing
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory
from lib import clock

pytestmark = pytest.mark.django_db
PAGE = "/generate/"


def filled_session(**values: object) -> GenerationSession:
    """A session with one step and two pictures that are here."""
    session = SessionFactory(**values)
    step = StepFactory(session=session)
    for _ in range(2):
        AlternativeFactory(step=step, image=MadePhotoFactory(here=True))
    return session


def test_an_empty_studio_says_how_to_begin(owner_client: Client) -> None:
    """The page teaches, and has the way to the first session."""
    page = owner_client.get(PAGE)

    assert b"Start from words or from a picture" in page.content
    assert b'href="/generate/new/"' in page.content


def test_a_card_says_what_is_in_the_session(owner_client: Client) -> None:
    """Its first words, how many steps and pictures, and the way in."""
    session = filled_session()
    StepFactory(session=session, position=2)

    page = owner_client.get(PAGE).content.decode()
    assert "a fox in the snow" in page
    assert "2 steps, 2 pictures" in page
    assert f'href="{session.get_absolute_url()}"' in page


def test_the_cover_is_the_chosen_picture_else_the_first() -> None:
    """What the owner chose speaks for the session."""
    session = filled_session()
    first, second = [alternative.image for alternative in session.steps.get().alternatives.order_by("pk")]

    assert cover() == first
    choosing.choose(session.steps.get().pk, second.pk)
    assert cover() == second


def test_a_picture_in_the_trash_is_neither_cover_nor_counted() -> None:
    """The list shows what is still there."""
    session = filled_session()
    alternative = session.steps.get().alternatives.order_by("pk")[0]
    choosing.choose(alternative.step_id, alternative.image_id)
    alternative.image.deleted_at = clock.now()
    alternative.image.save()

    card = listing.sessions_page({})[1][0]
    assert card.pictures == 1
    assert card.cover != alternative.image


def test_the_newest_session_is_first_and_the_rest_is_a_page_away(
    owner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link to older sessions holds the place where they begin."""
    monkeypatch.setattr(listing, "SESSIONS_PER_PAGE", 2)
    sessions = [SessionFactory(last_active_at=clock.now() - timedelta(days=age)) for age in range(3)]

    newest = owner_client.get(PAGE)
    assert [card.session for card in newest.context["cards"]] == sessions[:2]
    older = owner_client.get(PAGE, {"before": str(newest.context["page"].older)})
    assert [card.session for card in older.context["cards"]] == sessions[2:]


def test_more_sessions_need_no_more_queries(owner_client: Client) -> None:
    """The list of two sessions costs what the list of six costs."""
    counts = []
    for more in (2, 4):
        for _ in range(more):
            filled_session()
        owner_client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def cover() -> object:
    return listing.sessions_page({})[1][0].cover


def test_the_list_is_narrowed_to_a_state(owner_client: Client) -> None:
    """With how many there are of each."""
    for status in ("active", "active", "completed"):
        SessionFactory(status=status)

    page = owner_client.get(PAGE, {"status": "completed"})
    assert [card.session.status for card in page.context["cards"]] == ["completed"]
    assert [(tab.label, tab.count) for tab in page.context["tabs"]] == [
        ("All", 3), ("Active", 2), ("Completed", 1), ("Abandoned", 0),
    ]  # fmt: skip
    assert "No session is abandoned" in owner_client.get(PAGE, {"status": "abandoned"}).content.decode()
    assert len(owner_client.get(PAGE, {"status": "nonsense"}).context["cards"]) == 3
