"""What bears our name at RunPod and should not be there."""

import pytest

from settings_app.models import RentalTerms, StrayPod
from settings_app.pods import reconciling
from settings_app.pods.choices import State
from settings_app.tests.machine import CREATE, Machine


def test_a_request_that_arrived_twice_leaves_one_pod(machine: Machine) -> None:
    """The other is found by its name and deleted, and its cost is not hidden."""
    machine.runpod.misbehave(doubled=1)
    machine.ready()
    machine.wait(60)
    reconciling.reconcile()

    assert [pod.id for pod in machine.runpod.pods] == [machine.pod.pod_id]
    assert machine.is_honest()


def test_of_two_that_bear_our_name_one_is_taken_and_the_other_deleted(machine: Machine) -> None:
    """The answer got lost, too."""
    machine.runpod.misbehave(doubled=1, lost_answers=1, only=CREATE)
    machine.ready()
    reconciling.delete_doubles()

    assert [pod.id for pod in machine.runpod.pods] == [machine.pod.pod_id]
    assert StrayPod.objects.get().gone_at
    assert machine.is_honest()


def test_a_pod_of_our_prefix_that_is_not_ours_to_know_is_told_and_left_alone(machine: Machine) -> None:
    """It may belong to a copy of this gallery."""
    name = f"gallery-{RentalTerms.load().install}-ffffffff"
    stranger = machine.runpod.world.rent({"name": name, "gpu": {"id": "NVIDIA A40"}, "ports": []})
    machine.runpod.world.rent({"name": "somebody-else", "gpu": {"id": "NVIDIA A40"}, "ports": []})
    strays = reconciling.reconcile()

    assert [(stray.pod_id, stray.is_double) for stray in strays] == [(stranger.id, False)]
    assert len(machine.runpod.pods) == 2


def test_a_stray_that_holds_models_is_deleted_only_when_the_owner_says_so(lasting: Machine) -> None:
    """RunPod said that it was gone, and lists it again."""
    pod = lasting.ready()
    hidden = lasting.runpod.world.pods.pop(pod.pod_id)
    lasting.until(State.GONE)
    lasting.runpod.world.pods[pod.pod_id] = hidden
    strays = reconciling.reconcile()
    assert [(stray.pod_id, stray.is_double) for stray in strays] == [(pod.pod_id, False)]
    assert lasting.runpod.pods == [hidden]

    reconciling.delete(strays[0])
    assert lasting.runpod.world.costing() == []


def test_a_stray_that_went_is_no_longer_told(machine: Machine) -> None:
    """The list is read whole each time."""
    name = f"gallery-{RentalTerms.load().install}-ffffffff"
    stranger = machine.runpod.world.rent({"name": name, "gpu": {"id": "NVIDIA A40"}, "ports": []})
    reconciling.reconcile()
    machine.runpod.world.terminate(stranger)

    assert reconciling.reconcile() == []


def test_a_list_that_cannot_be_read_concludes_nothing(machine: Machine) -> None:
    """Half a list is not an empty one."""
    machine.ready()
    machine.runpod.misbehave(malformed=1, only="GET /v2/pods")

    with pytest.raises(Exception, match="incomplete"):
        reconciling.reconcile()
    assert machine.state == State.READY
