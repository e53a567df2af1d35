"""What the studio shows of a session."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.showing.studio import step_view, studio_of
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory


@pytest.fixture
def session(db: None) -> GenerationSession:
    """A session without steps."""
    return SessionFactory()


def test_the_newest_step_is_on_the_stage_unless_another_is_asked_for(session: GenerationSession) -> None:
    """Nonsense in the address is no error."""
    first = StepFactory(session=session, position=1)
    last = StepFactory(session=session, position=2)

    staged = [studio_of(session, step=asked).stage for asked in ("", "nonsense", str(first.pk))]
    assert [view and view.step for view in staged] == [last, last, first]


def test_the_chosen_picture_is_shown_first(session: GenerationSession) -> None:
    """Then one that is here, and only then one that is still being fetched."""
    step = StepFactory(session=session)
    AlternativeFactory(step=step)
    here = AlternativeFactory(step=step, image=MadePhotoFactory(here=True)).image
    chosen = AlternativeFactory(step=step, image=MadePhotoFactory(here=True)).image

    assert shown_of(step) == here.pk
    GenerationStep.objects.filter(pk=step.pk).update(selected_image=chosen)
    assert shown_of(step) == chosen.pk


def test_the_stage_is_drawn_anew_once_the_last_picture_is_counted(session: GenerationSession) -> None:
    """It is here before it is counted; a page drawn in between must not think that nothing has changed since."""
    step = StepFactory(session=session, status=StepStatus.COMPLETED, batch_size=1, images_pending=1)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))
    before = step_view(step)
    GenerationStep.objects.recount(step.pk)
    after = step_view(GenerationStep.objects.get(pk=step.pk))

    assert (before.is_unfinished, after.is_unfinished) == (True, False)
    assert before.mark != after.mark


def test_numbers_stay_when_a_picture_goes_to_the_trash(session: GenerationSession) -> None:
    """Picture 2 remains picture 2, and no place is kept for the one thrown away."""
    step = StepFactory(session=session, status=StepStatus.COMPLETED)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True, deleted_at=timezone.now()))
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))

    view = step_view(step)
    assert [picture.number for picture in view.pictures] == [2]
    assert view.coming == []


def test_places_are_kept_for_what_is_still_being_made(session: GenerationSession) -> None:
    """A step of four with one picture has three to come."""
    step = StepFactory(session=session, processing=True)
    AlternativeFactory(step=step)

    assert step_view(step).coming == [2, 3, 4]


def test_a_session_is_read_in_the_same_queries_however_long(session: GenerationSession) -> None:
    """Steps and pictures add rows, not queries."""
    counts = []
    for _ in range(2):
        AlternativeFactory.create_batch(3, step=StepFactory(session=session), image__here=True)
        with CaptureQueriesContext(connection) as queries:
            studio = studio_of(session)
            assert studio.tally
            assert studio.stage
            assert [row.cover.grid_url for row in studio.rows if row.cover]
            assert [picture.photo.large_url for picture in studio.stage.pictures]
        counts.append(len(queries))

    assert counts == [5, 5]


def shown_of(step: GenerationStep) -> object:
    step.refresh_from_db()
    shown = step_view(step).shown
    return shown and shown.photo.pk
