"""A session is named, ends, begins again, is given up when nobody works on it, and can be let go with a way back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from generation.asking import starting
from generation.choices import Outcome, SessionStatus, StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.sessions import kinship, life
from generation.showing import overview
from generation.tests.conftest import MoveClock, Nudges
from generation.tests.factories import (
    AlternativeFactory,
    MadePhotoFactory,
    SessionFactory,
    StepFactory,
    make_recipe,
)
from lib import clock
from photos.models import Photo
from settings_app import library
from settings_app.models import ApplicationSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]
ACTIVE, COMPLETED, ABANDONED = SessionStatus.ACTIVE, SessionStatus.COMPLETED, SessionStatus.ABANDONED


def status_of(session: GenerationSession) -> str:
    return GenerationSession.with_deleted.get(pk=session.pk).status


def idle_session(days: int) -> GenerationSession:
    return SessionFactory(last_active_at=clock.now() - timedelta(days=days))


def set_days(days: int) -> None:
    settings = ApplicationSettings.load()
    library.keep_sessions_open_for(settings, days)
    settings.save()


def test_a_session_ends_and_begins_again(owner_client: Client) -> None:
    """Each way takes it only from where it stands, and the end has its time."""
    session = SessionFactory()
    address = session.get_absolute_url()

    owner_client.post(f"{address}complete/")
    session.refresh_from_db()
    assert (session.status, session.completed_at is None) == (COMPLETED, False)
    assert not life.abandon(session.pk)
    owner_client.post(f"{address}reopen/")
    session.refresh_from_db()
    assert (session.status, session.completed_at) == (ACTIVE, None)
    owner_client.post(f"{address}abandon/")
    assert status_of(session) == ABANDONED
    assert "Abandoned" in owner_client.get(address).content.decode()


@pytest.mark.parametrize("status", [COMPLETED, ABANDONED])
def test_asking_for_something_opens_a_session_again(status: str) -> None:
    """Work in it is what makes a session active."""
    session = SessionFactory(status=status, completed_at=clock.now())
    starting.start_step(session, make_recipe())

    session.refresh_from_db()
    assert (session.status, session.completed_at) == (ACTIVE, None)


def test_what_nobody_works_on_is_given_up(nudges: Nudges) -> None:
    """After the days that are set, unless something is still under way in it."""
    old, young, busy = idle_session(31), idle_session(29), idle_session(31)
    StepFactory(session=busy)

    assert life.abandon_left_alone(now=clock.now()) == 1
    assert [status_of(session) for session in (old, young, busy)] == [ABANDONED, ACTIVE, ACTIVE]
    assert life.abandon_left_alone(now=clock.now()) == 0


def test_no_session_is_given_up_when_that_is_off() -> None:
    """Zero days mean never."""
    session = idle_session(4000)
    set_days(0)

    assert life.abandon_left_alone(now=clock.now()) == 0
    assert status_of(session) == ACTIVE


def test_a_new_step_is_work(move_clock: MoveClock) -> None:
    """The days are counted from the last request."""
    session = SessionFactory()
    move_clock(days=20)
    starting.start_step(session, make_recipe())
    GenerationStep.objects.update(status=StepStatus.COMPLETED)
    move_clock(days=20)

    assert life.abandon_left_alone(now=clock.now()) == 0


def test_the_command_tells_first_and_then_does_it() -> None:
    """And says when it has nothing to do."""
    session, out = idle_session(40), StringIO()
    call_command("abandon_sessions", "--dry-run", stdout=out)
    assert status_of(session) == ACTIVE
    call_command("abandon_sessions", stdout=out)
    assert status_of(session) == ABANDONED
    set_days(0)
    call_command("abandon_sessions", stdout=out)

    assert "1 session would be abandoned." in out.getvalue()
    assert "1 session abandoned." in out.getvalue()
    assert "never abandoned" in out.getvalue()


def test_a_session_has_the_name_it_is_given(owner_client: Client) -> None:
    """On its page and in the list; without one its first prompt speaks for it."""
    step = StepFactory()
    address = step.session.get_absolute_url()
    assert 'name="name"' in owner_client.get(f"{address}name/").content.decode()
    owner_client.post(f"{address}name/", {"name": "  Snow \n studies "})

    assert "Snow studies" in owner_client.get(address).content.decode()
    assert "Snow studies" in owner_client.get("/generate/").content.decode()
    owner_client.post(f"{address}name/", {"name": ""})
    assert "a fox in the snow" in owner_client.get("/generate/").content.decode()


def test_a_deleted_session_leaves_its_pictures(owner_client: Client) -> None:
    """It is gone from every page, and what it waited for is cancelled."""
    photo = AlternativeFactory(image=MadePhotoFactory(here=True)).image
    step = photo.alternatives.get().step
    source = StepFactory(session=step.session, source_image=photo, status=StepStatus.FAILED, completed_at=clock.now())
    owner_client.post(f"{step.session.get_absolute_url()}delete/")

    assert owner_client.get(step.session.get_absolute_url()).status_code == 404
    assert owner_client.get(f"/generate/for-photo/{photo.pk}/").status_code == 200
    assert source not in kinship.grown_from(photo.pk)
    assert not [section for section in overview.sections(now=clock.now()) if section.name == "failed"]
    assert GenerationStep.objects.get(pk=step.pk).outcome == Outcome.CANCELLED
    assert Photo.objects.visible().get() == photo


def test_a_deleted_session_comes_back_as_it_was(owner_client: Client) -> None:
    """Within a day."""
    step = StepFactory(status=StepStatus.COMPLETED)
    address = step.session.get_absolute_url()
    answer = owner_client.post(f"{address}delete/", follow=True)
    assert f"{address}restore/" in answer.content.decode()
    owner_client.post(f"{address}restore/")

    assert step.prompt in owner_client.get(address).content.decode()


def test_a_deleted_session_is_forgotten_after_a_day(move_clock: MoveClock) -> None:
    """With its whole tree; a step elsewhere that grew from it begins its own branch, and pictures stay."""
    session = SessionFactory()
    first = StepFactory(session=session, status=StepStatus.COMPLETED)
    second = StepFactory(session=session, parent=first, status=StepStatus.COMPLETED)
    elsewhere = StepFactory(parent=second)
    photo = AlternativeFactory(step=second).image
    life.delete(session.pk)
    assert life.forget_deleted(now=clock.now()) == 0
    move_clock(hours=25)

    assert life.forget_deleted(now=clock.now()) == 1
    assert list(GenerationStep.objects.all()) == [elsewhere]
    assert Photo.objects.get() == photo


def test_the_days_are_set_on_the_page(owner_client: Client) -> None:
    """Beside the other values of generation."""
    assert 'name="session_days" value="30"' in owner_client.get("/settings/").content.decode()


def test_undoing_without_a_new_page_leads_to_one(owner_client: Client) -> None:
    """The button of the message asks by script, which has to be told where to go."""
    session = SessionFactory()
    life.delete(session.pk)
    answer = owner_client.post(f"{session.get_absolute_url()}restore/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == session.get_absolute_url()


def test_activity_leads_to_no_session_that_is_deleted(owner_client: Client) -> None:
    """What the server still has of it is told until it is stopped there."""
    step = StepFactory(processing=True)
    life.delete(step.session_id)

    (section,) = overview.sections(now=clock.now())
    assert [(row.kind, row.url) for row in section.rows] == [("Cancelling", "")]
