"""A step and its nudge are recorded together, or neither is."""

import pytest

from clients.errors import RemoteRejected
from generation.asking import starting
from generation.choices import EntryType, Outcome, StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.recipes.recipe import Recipe
from generation.running import cancelling
from generation.tests.conftest import Nudges, asked, fresh
from generation.tests.factories import MadePhotoFactory, SessionFactory, StepFactory, make_recipe
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db


def test_a_step_is_recorded_with_its_ids_before_anything_is_sent(nudges: Nudges) -> None:
    """The recipe is there in full, and a worker was asked once."""
    step = starting.start_step(None, make_recipe())

    assert Recipe.from_parameters(fresh(step).parameters) == make_recipe()
    assert (step.status, step.batch_size, step.position) == (StepStatus.PENDING, 4, 1)
    assert step.batch_id
    assert step.correlation_id != step.batch_id
    assert step.server == "http://localhost:9090"
    assert asked(nudges, "submit_step") == [step.pk]


def test_the_session_says_what_it_began_with(nudges: Nudges) -> None:
    """Words, or a picture."""
    photo = MadePhotoFactory(here=True)
    refined = starting.start_step(None, make_recipe(), source_image=photo)
    scratch = starting.start_step(None, make_recipe())

    assert (refined.session.entry_type, refined.session.source_image) == (EntryType.REFINEMENT, photo)
    assert scratch.session.entry_type == EntryType.SCRATCH


def test_steps_of_a_session_are_numbered(nudges: Nudges) -> None:
    """In the order in which they were started."""
    session = SessionFactory()
    steps = [starting.start_step(session, make_recipe()) for _ in range(3)]

    assert [step.position for step in steps] == [1, 2, 3]


def test_without_a_usable_server_nothing_is_recorded(nudges: Nudges) -> None:
    """The owner is told at once."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(backend_mode="remote", remote_backend_url="")
    with pytest.raises(RemoteRejected):
        starting.start_step(None, make_recipe())

    assert not GenerationSession.objects.exists()
    assert not nudges


def test_a_failed_step_is_sent_again_under_new_ids(nudges: Nudges) -> None:
    """What the server may still know of the old ones is not mistaken for it."""
    step = StepFactory(status=StepStatus.FAILED, outcome=Outcome.LOST, attempts=3, item_ids=[1, 2])
    assert starting.send_again(step.pk)
    assert not starting.send_again(step.pk)

    again = fresh(step)
    assert (again.status, again.outcome, again.attempts, again.item_ids) == (StepStatus.PENDING, "", 0, [])
    assert again.batch_id != step.batch_id
    assert asked(nudges, "submit_step") == [step.pk]


@pytest.mark.parametrize("status", [StepStatus.COMPLETED, StepStatus.PROCESSING, StepStatus.PENDING])
def test_only_a_failed_step_is_sent_again(nudges: Nudges, status: StepStatus) -> None:
    """Its pictures would be made twice."""
    assert not starting.send_again(StepFactory(status=status).pk)


def test_a_waiting_step_is_cancelled_at_once(nudges: Nudges) -> None:
    """Nothing was sent, so there is nobody to ask."""
    step = StepFactory()
    assert cancelling.cancel(step.pk)
    assert not cancelling.cancel(step.pk)

    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.FAILED, Outcome.CANCELLED)
    assert fresh(step).error_message is None


def test_of_two_that_move_a_step_one_wins() -> None:
    """A move is one UPDATE, and its row count tells who was first."""
    step = StepFactory(processing=True)
    moves = [GenerationStep.objects.move(step.pk, to=to) for to in (StepStatus.COMPLETED, StepStatus.FAILED)]

    assert moves == [True, False]
    assert fresh(step).status == StepStatus.COMPLETED
