"""What the studio shows of a session."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.studio import in_tree_order, step_view, studio_of
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory


@pytest.fixture
def session(db: None) -> GenerationSession:
    """A session without steps."""
    return SessionFactory()


def test_a_branch_stands_below_the_step_it_grew_from(session: GenerationSession) -> None:
    """Children follow their parent, whatever came in between."""
    first = StepFactory(session=session, position=1)
    second = StepFactory(session=session, position=2)
    branch = StepFactory(session=session, position=3, parent=first)

    assert list(in_tree_order([first, second, branch])) == [first, branch, second]


def test_a_step_whose_parent_is_elsewhere_counts_as_a_root(session: GenerationSession) -> None:
    """Nothing is lost from the list because its parent is in another session."""
    stranger = StepFactory(position=1)
    step = StepFactory(session=session, position=1, parent=stranger)

    assert list(in_tree_order([step])) == [step]


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


def test_a_session_is_read_in_two_queries_however_long(session: GenerationSession) -> None:
    """Steps and pictures add rows, not queries."""
    counts = []
    for _ in range(2):
        AlternativeFactory.create_batch(3, step=StepFactory(session=session))
        with CaptureQueriesContext(connection) as queries:
            studio = studio_of(session)
            assert all(picture.photo.grid_url for view in studio.steps for picture in view.pictures)
        counts.append(len(queries))

    assert counts == [2, 2]


def shown_of(step: GenerationStep) -> object:
    step.refresh_from_db()
    shown = step_view(step).shown
    return shown and shown.photo.pk
