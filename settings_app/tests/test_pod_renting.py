"""Renting over the stand-in: lost answers, refusals and full machines; never two pods, never one that is forgotten."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from demo.runpod.quirks import ALWAYS
from settings_app.models import RentalTerms
from settings_app.pods import catalogue
from settings_app.pods.choices import State, Trouble
from settings_app.tests.machine import CREATE, Machine


def test_a_lost_answer_is_settled_by_looking_for_the_name(machine: Machine) -> None:
    """Never by asking again."""
    machine.runpod.misbehave(lost_answers=1, only=CREATE)
    machine.ready()

    assert machine.creates() == 1
    assert len(machine.runpod.pods) == 1
    assert machine.is_honest()


def test_a_fault_after_the_deed_is_settled_by_looking_too(machine: Machine) -> None:
    """It says nothing of what became of the request."""
    machine.runpod.misbehave(late_faults=1, only=CREATE)
    pod = machine.ready()

    assert (machine.creates(), [each.id for each in machine.runpod.pods]) == (1, [pod.pod_id])


def test_a_list_that_breaks_off_never_says_that_nothing_was_rented(machine: Machine) -> None:
    """However long that lasts."""
    machine.runpod.misbehave(lost_answers=1, only=CREATE, broken_pagination=True)
    machine.start()
    machine.run(1800)
    assert (machine.state, machine.creates()) == (State.CREATING, 1)

    machine.runpod.behave()
    machine.until(State.READY)
    assert machine.creates() == 1


def test_a_request_that_never_arrived_is_sent_again_after_looking(machine: Machine) -> None:
    """Once it would have shown."""
    machine.runpod.misbehave(faults=1, only=CREATE)
    machine.ready()

    first, second = [call for call in machine.runpod.world.journal if str(call) == CREATE]
    assert second.at - first.at > timedelta(seconds=100)
    assert len(machine.runpod.pods) == 1


def test_a_request_is_not_sent_for_ever(machine: Machine) -> None:
    """After some tries the owner is told."""
    machine.runpod.misbehave(faults=ALWAYS, only=CREATE)
    machine.start()
    machine.until(State.ERROR)

    assert (machine.creates(), machine.pod.trouble) == (3, Trouble.LOST)


def test_half_an_answer_to_a_request_is_settled_by_looking(machine: Machine) -> None:
    """It was accepted all the same."""
    machine.runpod.misbehave(malformed=1, only=CREATE)
    machine.ready()

    assert (machine.creates(), len(machine.runpod.pods)) == (1, 1)


@pytest.mark.parametrize("quirk", ["no_pagination", "page_size"])
def test_whatever_form_the_list_has_the_name_is_found(machine: Machine, quirk: str) -> None:
    """On any page."""
    for n in range(4):
        machine.runpod.world.rent({"name": f"other-{n}", "gpu": {"id": "NVIDIA A40"}, "ports": []})
    machine.runpod.misbehave(lost_answers=1, only=CREATE, **{quirk: 2 if quirk == "page_size" else True})
    machine.ready()

    assert machine.creates() == 1


def test_without_a_free_machine_it_goes_on_asking_more_and_more_seldom(machine: Machine) -> None:
    """As long as somebody waits."""
    machine.runpod.misbehave(no_capacity=4)
    machine.start()
    machine.until(State.NO_CAPACITY)
    assert "graphics card" in machine.pod.reason
    machine.until(State.READY)

    calls = [call.at for call in machine.runpod.world.journal if str(call) == CREATE]
    pauses = [round((after - before).total_seconds()) for before, after in pairwise(calls)]
    assert pauses == [30, 60, 120, 300]


def test_it_gives_up_asking_after_half_an_hour(machine: Machine) -> None:
    """Nothing was rented, and the owner reads why."""
    machine.runpod.misbehave(no_capacity=ALWAYS)
    machine.start()
    machine.until(State.GONE)

    assert machine.pod.trouble == Trouble.NO_CAPACITY
    assert timedelta(minutes=29) < machine.pod.ended_at - machine.pod.created_at < timedelta(minutes=41)
    assert machine.billed() == 0


def test_an_impossible_data_centre_reads_as_no_machine(machine: Machine) -> None:
    """RunPod does not tell the difference."""
    RentalTerms.objects.update(data_centers=["US-KS-2"])
    machine.start()

    assert machine.until(State.NO_CAPACITY)


@pytest.mark.parametrize(
    ("quirks", "trouble"),
    [
        ({"wrong_key": True}, Trouble.CREDENTIALS),
        ({"no_funds": True}, Trouble.FUNDS),
        ({"no_pool": True}, Trouble.CREDENTIALS),
    ],
)
def test_a_refusal_ends_the_request_with_its_reason(machine: Machine, quirks: dict, trouble: Trouble) -> None:
    """And once that is put right, the owner starts again."""
    machine.runpod.misbehave(**quirks)
    machine.start()
    pod = machine.until(State.ERROR)
    assert (pod.trouble, bool(pod.reason)) == (trouble, True)

    machine.runpod.behave()
    assert machine.ready().trouble == Trouble.NONE


CARDS = ["NVIDIA RTX A5000", "NVIDIA RTX A4000", "NVIDIA A40"]


@pytest.mark.parametrize("quirk", ["taken_cards", "barred_cards"])
def test_when_a_card_is_not_to_be_had_the_next_one_is_taken(machine: Machine, quirk: str) -> None:
    """At once, and counted at its own price."""
    RentalTerms.objects.update(other_cards=CARDS[1:])
    machine.runpod.misbehave(**{quirk: CARDS[:2]})
    pod = machine.ready()

    assert (pod.gpu_type, pod.hourly_rate) == ("NVIDIA A40", Decimal("0.40"))
    assert machine.creates() == 3
    assert machine.is_honest()


def test_when_no_card_is_free_they_are_asked_for_again_from_the_first(machine: Machine) -> None:
    """More and more seldom, as with one card."""
    RentalTerms.objects.update(other_cards=CARDS[1:])
    machine.runpod.misbehave(taken_cards=list(CARDS))
    machine.start()
    waiting = machine.until(State.NO_CAPACITY)
    assert all(card in waiting.reason for card in CARDS)

    machine.runpod.misbehave(taken_cards=CARDS[1:])
    assert machine.until(State.READY).gpu_type == CARDS[0]


def test_a_card_above_the_ceiling_is_not_asked_for(machine: Machine) -> None:
    """Nor one that the account does not know."""
    catalogue.refresh()
    RentalTerms.objects.update(other_cards=[*CARDS[1:], "NVIDIA Abacus"], price_ceiling="0.30")

    assert machine.start().card_choices == CARDS[:2]


def test_a_volume_that_is_gone_is_a_refusal(machine: Machine) -> None:
    """In RunPod's words."""
    RentalTerms.objects.update(network_volume_id="deleted")
    machine.start()

    assert "volume" in machine.until(State.ERROR).reason


@pytest.mark.parametrize("quirks", [{"too_many": 3}, {"cloudflare": 2}, {"faults": 3}, {"malformed": 2}])
def test_hindrances_pass(machine: Machine, quirks: dict) -> None:
    """While it starts, and while it runs."""
    machine.start()
    machine.turn()
    machine.runpod.misbehave(**quirks)
    machine.until(State.READY)
    machine.runpod.misbehave(**quirks)
    machine.run(600)

    assert (machine.state, len(machine.runpod.pods), machine.creates()) == (State.READY, 1, 1)
    assert machine.pod.difficulty == ""


def test_asked_to_slow_down_it_does(machine: Machine) -> None:
    """For as long as RunPod said."""
    machine.start()
    machine.turn()
    machine.runpod.misbehave(too_many=1)
    before = machine.runpod.clock.moment
    machine.turn()
    machine.turn()

    assert machine.runpod.clock.moment - before >= timedelta(seconds=7)
