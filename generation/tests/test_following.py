"""What the server finished is recorded once, whatever happens to its queue."""

import pytest

from clients.errors import RemoteUnreachable
from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from generation import tasks
from generation.choices import Outcome, StepStatus
from generation.graphs import SEED
from generation.models import GenerationStep, StepAlternative
from generation.running import cancelling, following, progress, recording, standstill
from generation.running.submitting import batch_of
from generation.tests.conftest import MoveClock, Nudges, asked, claimed, fresh, made_with, recipe_for, sent
from photos.models import Photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]


def test_each_picture_is_recorded_and_fetched_once(server: StandIn, client: InvokeAI, nudges: Nudges) -> None:
    """Asking again, with the same row, changes nothing."""
    step = sent(server)
    server.wait_until_idle()
    assert following.refresh(step, client)
    assert not following.refresh(step, client)

    pictures = [photo.pk for photo in Photo.objects.order_by("generation_params__seed")]
    assert len(pictures) == 4
    assert sorted(asked(nudges, "retrieve_photo")) == sorted(pictures)
    assert fresh(step).status == StepStatus.COMPLETED
    assert fresh(step).outcome == Outcome.AS_ASKED
    assert (fresh(step).images_pending, fresh(step).images_retrieved) == (4, 0)


def test_a_picture_knows_how_it_was_made(server: StandIn, client: InvokeAI) -> None:
    """Prompt, seed, model and server are on the photo before its bytes are."""
    step = sent(server, seeds=(4294967295,))
    server.wait_until_idle()
    following.refresh(step, client)

    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.file_size) == (64, 64, 0)
    assert photo.generation_prompt == "a fox in the snow"
    assert made_with(photo) == 4294967295
    assert photo.original_name == "a-fox-in-the-snow-4294967295.png"
    assert (photo.server, photo.model_key) == (server.url, step.model_key)
    assert photo.invoke_id in server.images.records


def test_each_picture_keeps_the_prompt_it_was_made_with(server: StandIn, client: InvokeAI) -> None:
    """Where choices made the prompts differ, the server draws each picture from its own, and it is recorded so."""
    sent_step = sent(server, prompt="a cat", seeds=(5, 6), prompts=("a cat", "a dog"))
    server.wait_until_idle()
    following.refresh(sent_step, client)

    told = {photo.generation_params["seed"]: photo for photo in Photo.objects.all()}
    assert {seed: photo.generation_prompt for seed, photo in told.items()} == {5: "a cat", 6: "a dog"}
    assert client.images.metadata(told[6].invoke_id)["positive_prompt"] == "a dog"


def test_finished_pictures_do_not_wait_for_the_others(slow_server: StandIn) -> None:
    """What is done is recorded while the rest is still being made."""
    step = sent(slow_server)
    slow_server.wait_until(lambda: len(slow_server.queue.with_status("completed")) >= 2)
    with InvokeAI(slow_server.url) as client:
        assert following.refresh(step, client)

    assert step.alternatives.count() in {2, 3}
    assert fresh(step).status == StepStatus.PROCESSING


def test_a_failure_is_told_in_the_owners_words(server: StandIn, client: InvokeAI) -> None:
    """Running out of memory has a remedy; the server's traceback is not shown."""
    server.misbehave(fail_items=4)
    step = sent(server)
    server.wait_until_idle()
    following.refresh(step, client)

    assert fresh(step).status == StepStatus.FAILED
    assert fresh(step).outcome == Outcome.FAILED
    assert fresh(step).error_message == (
        "The server ran out of memory. Choose a smaller size or fewer pictures, and try again. "
        "It said: OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB"
    )


def test_some_pictures_are_better_than_none(server: StandIn, client: InvokeAI) -> None:
    """Two failed and two came: the step is done, and says what happened to the others."""
    server.misbehave(fail_items=2)
    step = sent(server)
    server.wait_until_idle()
    following.refresh(step, client)

    assert fresh(step).status == StepStatus.COMPLETED
    assert fresh(step).outcome == Outcome.FAILED
    assert step.alternatives.count() == 2


def test_a_server_killed_in_the_middle_loses_only_what_it_was_making(slow_server: StandIn) -> None:
    """Its running item is gone; the pending ones go on by themselves after the restart."""
    step = sent(slow_server)
    slow_server.wait_until(lambda: len(slow_server.queue.with_status("completed")) == 1)
    slow_server.restart()
    slow_server.wait_until_idle()
    with InvokeAI(slow_server.url) as client:
        following.refresh(step, client)

    assert step.alternatives.count() == 3
    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.COMPLETED, Outcome.INTERRUPTED)


def test_pictures_of_a_pruned_batch_are_found_by_their_key(
    server: StandIn, client: InvokeAI, move_clock: MoveClock
) -> None:
    """Somebody tidied the queue; the pictures bear the step's key, and their metadata has the seed."""
    step = sent(server)
    server.wait_until_idle()
    server.prune()
    following.refresh(step, client)

    assert fresh(step).outcome == Outcome.AS_ASKED
    assert {made_with(photo) for photo in Photo.objects.all()} == {11, 12, 13, 14}


def test_a_batch_the_server_forgot_is_given_some_time(server: StandIn, client: InvokeAI, move_clock: MoveClock) -> None:
    """No item and no picture: after a while the step is lost, and the owner may try again."""
    server.pause()
    step = sent(server)
    server.misbehave(forget_batches=True)
    following.refresh(step, client)
    assert fresh(step).status == StepStatus.PROCESSING

    move_clock(minutes=1)
    following.refresh(step, client)
    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.FAILED, Outcome.LOST)


def test_a_cancel_keeps_what_is_finished(slow_server: StandIn) -> None:
    """The others are stopped on the server."""
    step = sent(slow_server)
    slow_server.wait_until(lambda: len(slow_server.queue.with_status("completed")) == 1)
    assert cancelling.cancel(step.pk)
    with InvokeAI(slow_server.url) as client:
        following.refresh(fresh(step), client)

    assert len(slow_server.queue.with_status("canceled")) == 3
    assert step.alternatives.count() == 1
    assert (fresh(step).status, fresh(step).outcome) == (StepStatus.COMPLETED, Outcome.CANCELLED)


def test_a_cancel_is_not_mistaken_for_an_interruption(slow_server: StandIn) -> None:
    """The follower still holds the row as it was before the owner cancelled and a worker stopped the server."""
    before = sent(slow_server)
    assert cancelling.cancel(before.pk)
    with InvokeAI(slow_server.url) as client:
        client.queue.cancel_batches([before.batch_id])
        slow_server.wait_until_idle()
        following.refresh(before, client)

    assert fresh(before).outcome == Outcome.CANCELLED


def test_one_picture_is_cancelled_and_the_others_come(slow_server: StandIn) -> None:
    """What the owner gave up is no interruption, and nothing is said to have failed."""
    step = sent(slow_server)
    assert cancelling.skip(step.pk, step.item_ids[2])
    tasks.skip_items(str(step.pk))
    slow_server.wait_until_idle()
    tasks.refresh_step(str(step.pk))

    ended = fresh(step)
    assert (ended.status, ended.outcome, ended.error_message) == (StepStatus.COMPLETED, Outcome.CANCELLED, None)
    assert recording.recorded_seeds(ended) == {
        seed for place, seed in enumerate(step.parameters["seeds"]) if place != 2
    }


def test_only_items_of_the_step_can_be_cancelled(server: StandIn) -> None:
    """The queue may have other users."""
    step = sent(server)

    assert not cancelling.skip(step.pk, max(step.item_ids) + 1)
    assert fresh(step).skipped_items == []


def test_what_is_cancelled_or_here_is_not_waited_for(slow_server: StandIn) -> None:
    """The items left are those that may still bring a picture."""
    step = sent(slow_server)
    assert cancelling.items_left(step) == step.item_ids
    cancelling.skip(step.pk, step.item_ids[0])

    assert cancelling.items_left(fresh(step)) == step.item_ids[1:]


def test_a_picture_saved_after_the_cancel_is_found(server: StandIn, client: InvokeAI) -> None:
    """The last node of a cancelled item runs on; a step that had nothing is done after all."""
    step = sent(server, seeds=(5,))
    server.wait_until_idle()
    GenerationStep.objects.filter(pk=step.pk).update(status=StepStatus.FAILED, outcome=Outcome.CANCELLED)
    assert following.look_again(fresh(step), client)

    assert fresh(step).status == StepStatus.COMPLETED
    assert step.alternatives.count() == 1


def test_a_picture_deleted_on_the_server_is_still_known(server: StandIn, client: InvokeAI) -> None:
    """Its item names it; its fetch will say that it is gone, and its parameters are kept."""
    step = sent(server, seeds=(5,))
    server.wait_until_idle()
    for name in list(server.images.records):
        server.images.remove(name)
    following.refresh(step, client)

    assert made_with(Photo.objects.get()) == 5


def test_a_paused_queue_is_told(server: StandIn, client: InvokeAI) -> None:
    """Otherwise it would look as if nothing ever happened."""
    server.pause()
    step = sent(server)
    following.refresh(step, client)

    assert progress.heard_of(step.pk).message == standstill.PAUSED
    assert fresh(step).status == StepStatus.PROCESSING


def test_the_place_in_the_queue_is_told(slow_server: StandIn) -> None:
    """Somebody else's two items are before ours, of which one runs."""
    sent(slow_server, seeds=(1, 2, 3))
    step = sent(slow_server)
    slow_server.wait_until(lambda: bool(slow_server.queue.with_status("in_progress")))
    with InvokeAI(slow_server.url) as client:
        following.refresh(step, client)

    place = progress.heard_of(step.pk).place
    assert place is not None
    assert 1 <= place <= 3


def test_a_request_of_ours_that_blocks_the_queue_is_cancelled(
    server: StandIn, client: InvokeAI, move_clock: MoveClock
) -> None:
    """A value that slipped through every check must not stop everybody for ever."""
    step = _poison(server, client)
    following.refresh(step, client)
    assert not server.queue.with_status("canceled")

    move_clock(seconds=31)
    following.refresh(step, client)
    following.refresh(fresh(step), client)
    assert len(server.queue.with_status("canceled")) == 4
    assert (fresh(step).outcome, fresh(step).error_message) == (Outcome.BLOCKED, standstill.BLOCKED_BY_US)


def test_somebody_elses_request_is_not_ours_to_cancel(server: StandIn, client: InvokeAI, move_clock: MoveClock) -> None:
    """Ours waits behind it, and the owner is told what to do."""
    _poison(server, client)
    step = sent(server)
    following.refresh(step, client)
    move_clock(seconds=31)
    following.refresh(step, client)

    assert progress.heard_of(step.pk).message == standstill.BLOCKED_BY_OTHERS
    assert not server.queue.with_status("canceled")


def test_a_server_that_is_away_changes_nothing(server: StandIn, client: InvokeAI) -> None:
    """Who asked hears of it and asks again."""
    step = sent(server)
    server.stop()
    with pytest.raises(RemoteUnreachable):
        following.refresh(step, client)

    assert fresh(step).status == StepStatus.PROCESSING
    assert not StepAlternative.objects.exists()


def _poison(server: StandIn, client: InvokeAI) -> GenerationStep:
    """Return a step whose batch the server took and cannot read."""
    server.pause()
    step = claimed(server)
    batch = batch_of(step, recipe_for(server))
    batch.data[0][0]["items"][:] = ["not", "a", "seed", "!"]
    assert batch.data[0][0]["node_path"] == SEED
    answer = client.queue.enqueue(batch)
    GenerationStep.objects.move(step.pk, to=StepStatus.PROCESSING, item_ids=list(answer.item_ids))
    server.resume()
    return fresh(step)
