"""What a step did not bring is asked for once more, and nothing else."""

import pytest
from django.test import Client

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.running import absence, cancelling, following, resuming
from generation.running.submitting import fail, submit
from generation.tests.conftest import MoveClock, Nudges, asked, fresh, made_with, recipe_for, sent
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory, make_recipe
from lib import clock
from photos.models import Photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]


def interrupted(server: StandIn, *, noticed: bool) -> GenerationStep:
    """Return a step of four whose server died at its second picture and came back."""
    step = sent(server)
    server.wait_until(lambda: len(server.queue.with_status("completed")) == 1)
    server.restart()
    if noticed:
        absence.note(step.server)
    server.wait_until_idle()
    follow(step)
    return fresh(step)


def follow(step: GenerationStep) -> None:
    """Ask the server, as the follower does."""
    with InvokeAI(step.server) as client:
        following.refresh(fresh(step), client)


def send_and_follow(step: GenerationStep, server: StandIn) -> GenerationStep:
    """Send what waits and see it through."""
    claimed = GenerationStep.objects.claim(step.pk, now=clock.now())
    assert claimed
    submit(claimed)
    server.wait_until_idle()
    follow(step)
    return fresh(step)


def test_a_step_goes_on_by_itself_when_its_server_is_back(slow_server: StandIn, nudges: Nudges) -> None:
    """Only the picture that was lost is made again, with its own seed."""
    step = interrupted(slow_server, noticed=True)
    assert (step.status, step.error_message) == (StepStatus.PENDING, resuming.INTERRUPTED)
    assert asked(nudges, "submit_step") == [step.pk]

    step = send_and_follow(step, slow_server)
    assert (step.status, step.outcome, step.error_message) == (StepStatus.COMPLETED, Outcome.AS_ASKED, None)
    assert sorted(made_with(photo) for photo in Photo.objects.all()) == [11, 12, 13, 14]
    assert len(slow_server.queue.items) == 5


def test_what_somebody_stopped_in_invokeai_stays_stopped(slow_server: StandIn) -> None:
    """The server was not away, so it was no accident; the rest is offered."""
    step = interrupted(slow_server, noticed=False)

    assert (step.status, step.outcome, step.alternatives.count()) == (StepStatus.COMPLETED, Outcome.INTERRUPTED, 3)


def test_an_absence_before_the_step_was_sent_is_no_reason(server: StandIn, move_clock: MoveClock) -> None:
    """What counts is what happened while the server had it."""
    absence.note(server.url)
    move_clock(seconds=1)

    assert not resuming.go_on_by_itself(sent(server))


def test_a_server_that_dies_each_time_is_not_asked_for_ever(server: StandIn) -> None:
    """After some attempts the owner decides."""
    step = sent(server)
    absence.note(server.url)
    GenerationStep.objects.filter(pk=step.pk).update(resumed=resuming.MOST_TIMES)

    assert not resuming.go_on_by_itself(fresh(step))


def test_a_picture_the_owner_cancelled_is_not_made_after_all(slow_server: StandIn) -> None:
    """It stays cancelled when the step goes on without the server's help."""
    step = sent(slow_server)
    last = step.item_ids[-1]
    assert cancelling.skip(step.pk, last)
    with InvokeAI(step.server) as client:
        cancelling.skip_on_server(fresh(step), client)
    slow_server.wait_until(lambda: len(slow_server.queue.with_status("completed")) == 1)
    slow_server.restart()
    absence.note(step.server)
    slow_server.wait_until_idle()
    follow(step)

    step = send_and_follow(fresh(step), slow_server)
    assert sorted(made_with(photo) for photo in Photo.objects.all()) == [11, 12, 13]
    assert (step.status, step.outcome) == (StepStatus.COMPLETED, Outcome.CANCELLED)
    assert step.item_ids[-1] == last


def test_the_owner_asks_for_what_is_missing(owner_client: Client, server: StandIn) -> None:
    """Two failed: with a click they are made, in the same step and with their own seeds and words."""
    server.misbehave(fail_items=2)
    prompts = ("a", "b", "c", "d")
    step = sent(server, prompt="a", prompts=prompts)
    server.wait_until_idle()
    follow(step)
    page = owner_client.get(step.get_absolute_url()).content.decode()
    assert "Make the missing 2" in page

    assert owner_client.post(f"/generate/steps/{step.pk}/rest/")["Location"] == step.get_absolute_url()
    step = send_and_follow(step, server)
    assert (step.status, step.outcome, step.images_pending) == (StepStatus.COMPLETED, Outcome.AS_ASKED, 4)
    assert {made_with(photo): photo.generation_prompt for photo in Photo.objects.all()} == dict(
        zip((11, 12, 13, 14), prompts, strict=True)
    )
    assert not resuming.go_on(step.pk)


def test_pictures_of_the_rest_are_recorded_one_by_one(slow_server: StandIn) -> None:
    """Those that had come are not counted as finished again."""
    step = interrupted(slow_server, noticed=True)
    Photo.objects.exclude(generation_params__seed=11).delete()
    claimed = GenerationStep.objects.claim(step.pk, now=clock.now())
    assert claimed
    submit(claimed)
    done = len(slow_server.queue.with_status("completed"))
    slow_server.wait_until(lambda: len(slow_server.queue.with_status("completed")) > done)
    follow(step)

    assert fresh(step).status == StepStatus.PROCESSING
    assert step.alternatives.count() > 1
    assert fresh(step).item_ids[0] == 0


def test_a_step_whose_last_picture_was_found_meanwhile_is_whole(server: StandIn) -> None:
    """Nothing is sent, and it ends as asked."""
    waiting = StepFactory(server=server.url, recipe=recipe_for(server, seeds=(11,)))
    photo = MadePhotoFactory(here=True, generation_params={"seed": 11}, server=server.url)
    AlternativeFactory(step=waiting, image=photo)

    step = send_and_follow(waiting, server)
    assert (step.status, step.outcome) == (StepStatus.COMPLETED, Outcome.AS_ASKED)
    assert not server.queue.items


def test_a_recipe_for_some_seeds_keeps_their_words() -> None:
    """Each seed has its own prompt where choices made them differ."""
    rest = resuming.rest_of(make_recipe(seeds=(1, 2, 3), prompts=("a", "b", "c")), [3, 1])

    assert (rest.seeds, rest.prompts, rest.negative_prompts) == ((1, 3), ("a", "c"), ())


@pytest.mark.parametrize("ends", ["cancelled", "refused"])
def test_a_step_that_goes_on_keeps_what_it_has_when_it_ends_before_it_is_sent(ends: str) -> None:
    """With any picture it is done, and the rest can be asked for."""
    step = StepFactory(batch_size=2)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))
    if ends == "cancelled":
        cancelling.cancel(step.pk)
    else:
        fail(step, "The model is gone.")

    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.COMPLETED, ends)
    assert resuming.go_on(step.pk)
