"""Waking a pod with a disk of its own, whose card may have been rented to somebody else."""

import pytest

from demo.runpod.quirks import ALWAYS
from settings_app.models import Pod
from settings_app.pods import replacing, stopping
from settings_app.pods.choices import State, Trouble
from settings_app.tests.machine import Machine


def test_a_card_that_was_rented_out_is_waited_for_and_a_replacement_can_be_had(lasting: Machine) -> None:
    """The old pod is deleted only on the owner's word, since its models go with it."""
    old = lasting.ready()
    stopping.drain(old)
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(start_refused=ALWAYS)
    lasting.start()
    waiting = lasting.until(State.NO_CAPACITY)
    assert "somebody else" in waiting.reason
    assert len(lasting.runpod.pods) == 1

    replacing.replace()
    new = lasting.until(State.READY)
    lasting.until_so(lambda: Pod.objects.get(pk=old.pk).state == State.GONE)
    assert [pod.id for pod in lasting.runpod.pods] == [new.pod_id]


def test_a_disk_is_kept_until_the_pod_instead_of_it_was_ready(lasting: Machine) -> None:
    """When nothing comes of that, the old one has its place again."""
    old = lasting.ready()
    stopping.drain(old)
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(no_capacity=ALWAYS)
    replacing.replace()
    lasting.until(State.NO_CAPACITY)
    lasting.run(120)
    assert [pod.id for pod in lasting.runpod.pods] == [old.pod_id]

    stopping.stop_now(lasting.pod)
    lasting.run(120)
    assert Pod.objects.current() == old
    assert [pod.id for pod in lasting.runpod.pods] == [old.pod_id]


@pytest.mark.parametrize("form", ["detail", "error"])
def test_a_card_that_comes_back_wakes_the_pod(lasting: Machine, form: str) -> None:
    """Asked again while somebody waits, in whichever words it was refused."""
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(start_refused=2, start_refused_as=form)

    assert lasting.ready().refusals == 0


def test_after_half_an_hour_without_a_card_the_pod_sleeps_on(lasting: Machine) -> None:
    """Its disk is kept."""
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(start_refused=ALWAYS)
    lasting.start()
    lasting.until(State.NO_CAPACITY)
    pod = lasting.until(State.STOPPED)

    assert pod.trouble == Trouble.NO_CAPACITY
    assert lasting.runpod.world.costing() == []


def test_a_pod_that_wakes_without_its_card_is_stopped(lasting: Machine) -> None:
    """It is good for rescuing files only, and costs."""
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(start_without_card=True)
    lasting.start()
    lasting.turn()
    pod = lasting.until(State.STOPPED)

    assert pod.trouble == Trouble.NO_CARD
    assert lasting.runpod.world.costing() == []
