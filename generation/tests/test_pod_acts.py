"""What the owner can do about a pod, state by state, and that the buttons do it."""

import pytest
from django.test import Client

from demo.runpod.quirks import ALWAYS
from generation.renting import acts
from settings_app.models import ApplicationSettings, Pod, RentalTerms, StrayPod
from settings_app.pods import reconciling, stopping
from settings_app.pods.choices import State, Trouble
from settings_app.tests.factories import PodFactory
from settings_app.tests.machine import Machine


@pytest.fixture
def lasting(machine: Machine) -> Machine:
    RentalTerms.objects.update(network_volume_id="")
    return machine


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "changes", "labels"),
    [
        (State.CREATING, {"pod_id": ""}, ["Stop"]),
        (State.NO_CAPACITY, {"pod_id": ""}, ["Stop waiting"]),
        (State.NO_CAPACITY, {}, ["Stop waiting", "Rent another instead"]),
        (State.READY, {}, ["Stop"]),
        (State.DRAINING, {}, []),
        (State.STOPPING, {}, []),
        (State.STOPPED, {}, ["Wake it", "Delete it"]),
        (State.STOPPED, {"trouble": Trouble.NO_CAPACITY}, ["Wake it", "Rent another instead", "Delete it"]),
        (State.STOPPED, {"network_volume_id": "vol0"}, ["Start a pod", "Delete it"]),
        (State.ERROR, {}, ["Try again", "Delete it"]),
        (State.ERROR, {"pod_id": ""}, ["Try again"]),
    ],
)
def test_each_state_has_its_buttons(state: State, changes: dict[str, str], labels: list[str]) -> None:
    """None that would do nothing."""
    pod = PodFactory(lasting=True, state=state, **{"pod_id": "pod1", **changes})

    assert [act.label for act in acts.acts(pod, has_key=True)] == labels


def test_waiting_for_a_machine_can_be_ended(machine: Machine, owner_client: Client) -> None:
    """The bar tells of it on every page, since money may begin to run."""
    machine.runpod.misbehave(no_capacity=ALWAYS)
    machine.start()
    machine.until(State.NO_CAPACITY)
    assert "asking until" in owner_client.get("/settings/").content.decode()

    owner_client.post("/pod/stop/", {"how": "now"})

    assert machine.state == State.GONE
    assert machine.runpod.pods == []


def test_a_pod_whose_card_is_away_is_replaced(lasting: Machine, owner_client: Client) -> None:
    """Asked with the price, and with what is lost."""
    stopping.drain(lasting.ready())
    asleep = lasting.until(State.STOPPED)
    assert owner_client.get("/pod/").content.decode().count("$12.00 a month") == 1
    lasting.runpod.misbehave(start_refused=ALWAYS)
    lasting.start()
    lasting.until(State.NO_CAPACITY)

    question = owner_client.get("/pod/replace/").content.decode()
    assert "all models on it" in question
    assert "Rent another, $0.27/h" in question
    assert Pod.objects.count() == 1

    owner_client.post("/pod/replace/")
    assert lasting.until(State.READY).pk != asleep.pk


def test_a_replacement_that_is_not_allowed_says_why(lasting: Machine, owner_client: Client) -> None:
    """And the old one keeps its place."""
    stopping.drain(lasting.ready())
    asleep = lasting.until(State.STOPPED)
    RentalTerms.objects.update(price_ceiling="0.10")

    answer = owner_client.post("/pod/replace/")

    assert (answer.status_code, "above your ceiling" in answer.content.decode()) == (422, True)
    assert Pod.objects.current() == asleep


def test_a_pod_in_trouble_is_deleted(lasting: Machine, owner_client: Client) -> None:
    """It cannot be stopped, and costs."""
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)
    lasting.runpod.misbehave(fails=True)
    lasting.start()
    lasting.until(State.ERROR)

    owner_client.post("/pod/end/")
    lasting.until(State.GONE)
    assert lasting.runpod.world.costing() == []


def test_a_pod_of_another_account_is_forgotten(machine: Machine, owner_client: Client) -> None:
    """Only while RunPod cannot be asked about it."""
    machine.ready()
    assert owner_client.post("/pod/forget/", follow=True).status_code == 200
    assert machine.state == State.READY

    machine.runpod.world.key = "rpa_other"
    ApplicationSettings.objects.update(runpod_api_key="rpa_other")
    machine.runpod.world.pods.clear()
    machine.run(120)
    assert "forget it" in owner_client.get("/pod/").content.decode()
    assert "costs money" in owner_client.get("/pod/forget/").content.decode()
    owner_client.post("/pod/forget/")
    assert machine.state == State.GONE


@pytest.fixture
def stray(machine: Machine) -> StrayPod:
    name = f"gallery-{RentalTerms.load().install}-elsewhere"
    machine.runpod.world.rent({"name": name, "gpu": {"id": "NVIDIA A40"}, "ports": []})
    reconciling.reconcile()
    return StrayPod.objects.get()


def test_a_stray_is_deleted_on_the_owners_word(machine: Machine, stray: StrayPod, owner_client: Client) -> None:
    """Never unasked: it may belong to a copy of this library."""
    assert stray.name in owner_client.get("/pod/").content.decode()
    owner_client.get(f"/pod/strays/{stray.pk}/delete/")
    assert machine.runpod.pods

    owner_client.post(f"/pod/strays/{stray.pk}/delete/")

    assert machine.runpod.pods == []
    assert stray.name not in owner_client.get("/pod/").content.decode()


def test_a_stray_that_cannot_be_deleted_stays_listed(machine: Machine, stray: StrayPod, owner_client: Client) -> None:
    """With the reason."""
    machine.runpod.misbehave(faults=1, only="DELETE")

    answer = owner_client.post(f"/pod/strays/{stray.pk}/delete/")

    assert (answer.status_code, "It is still there" in answer.content.decode()) == (502, True)
    assert stray.name in owner_client.get("/pod/").content.decode()
