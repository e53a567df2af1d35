"""A step reaches the server exactly once, or says why not."""

from datetime import timedelta
from typing import Any

import pytest

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from demo.standin.switches import ALWAYS
from generation.choices import Outcome, StepStatus
from generation.models import GenerationStep
from generation.querysets import LEASE
from generation.recipes.recipe import ModelChoice
from generation.running import cancelling, submitting
from generation.running.submitting import batch_of
from generation.tests.conftest import MoveClock, Nudges, claimed, fresh, recipe_for
from generation.tests.factories import StepFactory
from lib import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]


def test_a_step_is_sent_under_the_id_that_was_stored_before(server: StandIn) -> None:
    """The server has one item for each seed, in their order, and the step knows them."""
    step = claimed(server)
    submitting.submit(step)

    items = server.queue.matching(batch_id=step.batch_id)
    assert [item.field_values[0]["value"] for item in items] == [11, 12, 13, 14]
    assert fresh(step).status == StepStatus.PROCESSING
    assert fresh(step).item_ids == [item.item_id for item in items]
    assert fresh(step).parameters["backend_version"] == server.backend.version


def test_a_lost_answer_makes_no_second_batch(server: StandIn) -> None:
    """The batch arrived, its answer did not: the next attempt asks first and adopts it."""
    server.misbehave(lost_enqueue_answers=1)
    step = claimed(server)
    submitting.submit(step)
    assert fresh(step).status == StepStatus.PENDING

    again = GenerationStep.objects.claim(step.pk, now=clock.now() + timedelta(minutes=1))
    assert again
    submitting.submit(again)

    assert len(server.queue.items) == 4
    assert fresh(step).status == StepStatus.PROCESSING
    assert fresh(step).item_ids == sorted(server.queue.items)


def test_a_lost_answer_to_a_batch_pruned_since_makes_no_second_batch(server: StandIn) -> None:
    """Its pictures bear our key, which is how we know that it arrived."""
    server.misbehave(lost_enqueue_answers=1)
    step = claimed(server)
    submitting.submit(step)
    server.wait_until_idle()
    server.prune()

    again = GenerationStep.objects.claim(step.pk, now=clock.now() + timedelta(minutes=1))
    assert again
    submitting.submit(again)

    assert not server.queue.items
    assert fresh(step).status == StepStatus.PROCESSING


def test_a_worker_killed_after_the_post_makes_no_second_batch(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row was never written; when the lease has run out the next worker asks first."""
    step = claimed(server)
    with monkeypatch.context() as patch:
        patch.setattr(submitting, "_is_with_the_server", _die)
        with pytest.raises(SystemExit):
            submitting.submit(step)

    assert GenerationStep.objects.claim(step.pk, now=clock.now()) is None
    again = GenerationStep.objects.claim(step.pk, now=clock.now() + LEASE * 2)
    assert again
    submitting.submit(again)
    assert len(server.queue.items) == 4
    assert fresh(step).status == StepStatus.PROCESSING


def test_a_worker_killed_before_the_post_costs_only_time(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing had been sent, and the next worker sends it."""
    step = claimed(server)
    with monkeypatch.context() as patch:
        patch.setattr(submitting, "_post", _die)
        with pytest.raises(SystemExit):
            submitting.submit(step)
    assert not server.queue.items

    again = GenerationStep.objects.claim(step.pk, now=clock.now() + LEASE * 2)
    assert again
    submitting.submit(again)
    assert len(server.queue.items) == 4


def test_a_post_that_arrives_late_is_not_worked_on_twice(slow_server: StandIn) -> None:
    """The first post was still on its way when we asked: the items of the second are the ones too many."""
    step = claimed(slow_server)
    with InvokeAI(slow_server.url) as client:
        client.queue.enqueue(submitting.batch_of(step, recipe_for(slow_server)))
    submitting.submit(step)

    items = slow_server.queue.matching(batch_id=step.batch_id)
    assert fresh(step).item_ids == [item.item_id for item in items[:4]]
    assert {item.status for item in items[4:]} == {"canceled"}


@pytest.mark.parametrize("fault", ["refuse", "unavailable", "html", "truncated_json"])
def test_a_server_that_is_away_fails_nothing(server: StandIn, fault: str) -> None:
    """The step waits, says why, and is tried again."""
    server.misbehave(**{fault: ALWAYS})
    step = claimed(server)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.PENDING
    assert fresh(step).error_message
    assert not GenerationStep.objects.sendable(now=clock.now()).exists()
    assert GenerationStep.objects.sendable(now=clock.now() + timedelta(minutes=1)).exists()


def test_the_pauses_grow_to_a_minute_and_never_end(server: StandIn, move_clock: MoveClock) -> None:
    """However long the server is away, the step is sent within a minute of its return."""
    server.stop()
    step = StepFactory(server=server.url, recipe=recipe_for(server))
    pauses = []
    for _ in range(8):
        found = GenerationStep.objects.claim(step.pk, now=clock.now())
        assert found
        submitting.submit(found)
        until = fresh(step).lease_until
        assert until
        pauses.append(round((until - clock.now()).total_seconds()))
        move_clock(minutes=2)

    assert pauses == [2, 5, 10, 20, 30, 60, 60, 60]


def test_a_re_installed_model_is_found_by_its_hash(server: StandIn) -> None:
    """Its key is another; what is recorded is the one that was used."""
    step = claimed(server)
    record = server.models.reinstall(step.model_key)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.PROCESSING
    assert fresh(step).model_key == record["key"]
    assert fresh(step).parameters["model"]["key"] == record["key"]


def test_a_model_with_other_bytes_is_found_by_its_name(server: StandIn) -> None:
    """The last resort: the same name, base and type."""
    wanted = recipe_for(server).model
    step = claimed(server, model=ModelChoice("gone", "blake3:other", wanted.name, wanted.base))
    submitting.submit(step)

    assert fresh(step).model_key == wanted.key


def test_a_model_the_server_lacks_fails_the_step_with_advice(server: StandIn) -> None:
    """The owner is told what to do; nothing was sent."""
    step = claimed(server, model=ModelChoice("gone", "blake3:gone", "Old Friend", "sd-1"))
    submitting.submit(step)

    assert fresh(step).status == StepStatus.FAILED
    assert fresh(step).outcome == Outcome.REFUSED
    assert fresh(step).error_message == (
        "The server does not have Old Friend any more. Read the catalogue anew and choose another."
    )
    assert not server.queue.items


@pytest.mark.parametrize("changes", [{"seeds": (-1, 2)}, {"width": 65}, {"scheduler": "best"}, {"cfg_scale": 0.5}])
def test_a_value_that_would_block_the_queue_is_never_sent(server: StandIn, changes: dict[str, Any]) -> None:
    """The form checked it; whatever got past the form is stopped here."""
    step = claimed(server, **changes)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.FAILED
    assert not server.queue.items


def test_a_full_queue_lets_the_step_wait(server: StandIn) -> None:
    """The server calls it a success and takes nothing."""
    server.misbehave(queue_room=0)
    step = claimed(server)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.PENDING
    assert fresh(step).error_message == submitting.QUEUE_IS_FULL


def test_a_queue_with_little_room_is_told_honestly(server: StandIn) -> None:
    """Two of four were taken: the step says so."""
    server.pause()
    server.misbehave(queue_room=2)
    step = claimed(server)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.PROCESSING
    assert len(fresh(step).sent_items) == 2
    assert "only 2 of 4" in (fresh(step).error_message or "")


def test_a_step_cancelled_while_it_is_sent_is_stopped_on_the_server(
    server: StandIn, nudges: Nudges, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cancel came between the last look at the row and the post."""
    server.pause()
    step = claimed(server)
    with monkeypatch.context() as patch:
        patch.setattr(submitting, "batch_of", lambda *given: (cancelling.cancel(step.pk), batch_of(*given))[1])
        submitting.submit(step)

    assert fresh(step).status == StepStatus.FAILED
    assert fresh(step).outcome == Outcome.CANCELLED
    assert {item.status for item in server.queue.items.values()} == {"canceled"}
    assert ("cancel_step", str(step.pk)) in nudges


def test_a_step_cancelled_before_it_is_sent_is_not_sent(server: StandIn) -> None:
    """The claim was won before the cancel; the row is looked at once more before the post."""
    step = claimed(server)
    assert cancelling.cancel(step.pk)
    submitting.submit(step)

    assert not server.queue.items


def test_a_slower_worker_does_not_cancel_what_a_faster_one_sent(slow_server: StandIn) -> None:
    """Its lease had run out, another adopted the batch; finding the step moved is no reason to stop it."""
    slower = claimed(slow_server)
    GenerationStep.objects.filter(pk=slower.pk).update(lease_until=None)
    faster = GenerationStep.objects.claim(slower.pk, now=clock.now())
    assert faster
    submitting.submit(faster)
    submitting.submit(slower)

    assert fresh(slower).status == StepStatus.PROCESSING
    assert "canceled" not in {item.status for item in slow_server.queue.items.values() if item.item_id <= 4}


def _die(*_args: object, **_options: object) -> None:
    raise SystemExit
