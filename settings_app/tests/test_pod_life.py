"""A pod's life over the stand-in: what should happen, happens."""

import pytest

from clients.errors import RemoteRejected, RemoteUnreachable
from settings_app import connections
from settings_app.models import ApplicationSettings, Pod, RentalTerms
from settings_app.pods import starting, stopping, work
from settings_app.pods.choices import MOVES, State, Trouble
from settings_app.tests.machine import VOLUME, Machine


def test_a_pod_passes_through_its_states_to_readiness(machine: Machine) -> None:
    """Rented, loaded, booted, greeted twice, logged in."""
    machine.start()
    seen = [machine.state]
    while machine.state != State.READY:
        machine.turn()
        if machine.state != seen[-1]:
            seen.append(machine.state)

    assert seen == [State.CREATING, State.STARTING, State.BOOTING, State.READY]
    assert machine.pod.ready_at


def test_running_is_not_ready(machine: Machine) -> None:
    """RunPod says RUNNING from the first moment; InvokeAI's own answer counts."""
    machine.runpod.misbehave(running_at_once=True)
    machine.start()
    for _ in range(6):
        machine.turn()
        assert machine.state != State.READY

    pod = machine.until(State.READY)
    assert (machine.runpod.clock.moment - pod.create_sent_at).total_seconds() >= machine.runpod.world.times.listening


def test_without_a_word_of_the_runtime_the_answer_of_invokeai_is_enough(machine: Machine) -> None:
    """The field can stay empty."""
    machine.runpod.misbehave(runtime_never_told=True)

    assert machine.ready().state == State.READY


def test_a_ready_pod_is_reached_by_its_volume_with_our_login(machine: Machine) -> None:
    """The identity is the volume's; the address is never kept."""
    machine.ready()

    assert connections.current_server() == f"runpod:volume:{VOLUME}"
    with connections.invokeai() as client:
        assert client.check().text == "6.13.8"
        assert client.queue.status().pending == 0


@pytest.mark.parametrize("state", [State.CREATING, State.STARTING, State.BOOTING, State.STOPPING, State.UNKNOWN])
def test_a_pod_that_is_not_ready_cannot_be_reached_for_now(machine: Machine, state: State) -> None:
    """Work waits for it; nothing is refused."""
    machine.ready()
    Pod.objects.update(state=state)

    with pytest.raises(RemoteUnreachable):
        connections.invokeai()


def test_a_volume_has_an_identity_while_no_pod_exists(machine: Machine) -> None:
    """What is asked for now waits for the next pod."""
    assert connections.current_server() == f"runpod:volume:{VOLUME}"
    with pytest.raises(RemoteUnreachable, match="sleeps"):
        connections.invokeai()


def test_without_volume_and_pod_there_is_no_server(lasting: Machine) -> None:
    """It is said what to do."""
    with pytest.raises(RemoteRejected, match="Start one"):
        connections.current_server()


def test_a_token_that_ran_out_is_renewed_without_a_word(machine: Machine) -> None:
    """No step fails for it."""
    machine.ready()
    machine.runpod.invokeai(VOLUME).accounts.tokens.clear()

    with connections.invokeai() as client:
        assert client.queue.status().pending == 0


def test_a_disposable_pod_ends_and_leaves_nothing_that_costs(machine: Machine) -> None:
    """Deleted, and read back."""
    pod = machine.ready()
    machine.run(3600)
    assert stopping.drain(pod)
    machine.until(State.GONE)

    assert machine.runpod.pods == []
    assert machine.runpod.world.costing() == []


def test_a_lasting_pod_sleeps_and_wakes_as_the_same(lasting: Machine) -> None:
    """Its identity stays, so what was made there can be fetched later."""
    first = lasting.ready()
    server = first.server
    stopping.drain(first)
    lasting.until(State.STOPPED)
    assert lasting.runpod.world.costing() == []

    again = lasting.ready()
    assert (again.pk, again.pod_id, again.server) == (first.pk, first.pod_id, server)


def test_stopped_is_said_only_after_reading_it_back(lasting: Machine) -> None:
    """RunPod's "yes" is not enough."""
    pod = lasting.ready()
    lasting.runpod.misbehave(stop_ignored=3)
    stopping.stop_now(pod)
    for _ in range(8):
        lasting.turn()
    assert lasting.state == State.STOPPING

    lasting.until(State.STOPPED)
    assert lasting.runpod.world.costing() == []


def test_a_stop_that_does_not_work_is_tried_for_ever_and_said(lasting: Machine) -> None:
    """And the meter runs on."""
    pod = lasting.ready()
    lasting.runpod.misbehave(stop_ignored=1000)
    stopping.stop_now(pod)
    lasting.run(600)

    assert lasting.state == State.STOPPING
    assert "still runs" in lasting.pod.difficulty
    assert len(lasting.runpod.asked(f"POST /v2/pods/{pod.pod_id}/action")) > 5
    assert lasting.metered() == pytest.approx(lasting.billed(), abs=1e-4)


def test_a_locked_pod_is_named_as_such(lasting: Machine) -> None:
    """Only the owner can unlock it."""
    pod = lasting.ready()
    lasting.runpod.misbehave(locked=True)
    stopping.stop_now(pod)
    lasting.run(300)

    assert "locked" in lasting.pod.difficulty


def test_draining_waits_for_what_is_left_there(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never stopped while a finished picture is not fetched."""
    left = [work.Load(unfetched=1)]
    monkeypatch.setattr(work, "load_on", lambda _server: left[0])
    stopping.drain(machine.ready())
    machine.run(900)
    assert machine.state == State.DRAINING

    left[0] = work.Load()
    machine.until(State.GONE)


def test_draining_waits_for_the_queue_there(machine: Machine) -> None:
    """Somebody may use InvokeAI's own page."""
    machine.runpod.misbehave(queue_never_empties=True)
    stopping.drain(machine.ready())
    machine.run(900)

    assert machine.state == State.DRAINING


def test_a_draining_pod_takes_nothing_new_but_can_be_fetched_from(machine: Machine) -> None:
    """Sending and draining exclude each other by one UPDATE."""
    pod = machine.ready()
    connections.admit_work(pod.server)
    stopping.drain(pod)

    with pytest.raises(RemoteUnreachable, match="takes no more"):
        connections.admit_work(pod.server)
    with connections.invokeai_for(pod.server) as client:
        assert client.version()


def test_a_request_admitted_just_before_is_waited_for(machine: Machine) -> None:
    """It may still be on its way when the draining begins."""
    pod = machine.ready()
    connections.admit_work(pod.server)
    stopping.drain(pod)
    machine.run(30)
    assert machine.state == State.DRAINING

    machine.until(State.GONE)


def test_draining_can_be_taken_back(machine: Machine) -> None:
    """As long as it has not begun to stop."""
    pod = machine.ready()
    stopping.drain(pod)

    assert stopping.keep(pod)
    assert machine.state == State.READY


def test_an_idle_stop_loses_against_work_that_came_meanwhile(machine: Machine) -> None:
    """Whoever is first wins, by one UPDATE."""
    pod = machine.ready()
    idle_since = machine.runpod.clock.moment
    machine.wait(5)
    connections.admit_work(pod.server)

    assert not stopping.drain_idle(pod, "Idle.", idle_since=idle_since)
    assert machine.state == State.READY


def test_starting_twice_rents_one_pod(machine: Machine) -> None:
    """Of two at once the database lets one through."""
    first, second = machine.start(), machine.start()
    machine.until(State.READY)

    assert first.pk == second.pk
    assert len(machine.runpod.asked("POST /v2/pods")) == 1


def test_starting_needs_a_key_and_a_known_card(machine: Machine) -> None:
    """Each is said."""
    ApplicationSettings.objects.update(runpod_pod_type="Voodoo 2")
    with pytest.raises(RemoteRejected, match="Voodoo 2"):
        starting.start()
    ApplicationSettings.objects.update(runpod_api_key="")
    with pytest.raises(RemoteRejected, match="API key"):
        starting.start()
    assert not Pod.objects.exists()


def test_the_label_in_the_settings_becomes_the_id_runpod_knows(machine: Machine) -> None:
    """The default label is none."""
    machine.ready()

    sent = machine.runpod.asked("POST /v2/pods")[0].body
    assert sent["gpu"]["id"] == "NVIDIA RTX A5000"
    assert sent["ports"] == ["9090/http", "9091/http"]


def test_a_price_above_the_ceiling_is_refused_before_anything_is_rented(machine: Machine) -> None:
    """By the catalogue, if it was read."""
    from settings_app.pods import catalogue

    catalogue.refresh()
    RentalTerms.objects.update(price_ceiling="0.20")

    with pytest.raises(RemoteRejected, match=r"0\.27"):
        starting.start()


def test_a_pod_that_turns_out_dearer_than_the_ceiling_is_ended_at_once(machine: Machine) -> None:
    """Prices change between asking and renting."""
    RentalTerms.objects.update(price_ceiling="0.30")
    machine.runpod.misbehave(price_now="0.99")
    machine.start()
    machine.until(State.GONE)

    assert machine.pod.trouble == Trouble.PRICE
    assert machine.runpod.world.costing() == []


def test_stopping_while_renting_finds_what_was_rented_and_ends_it(machine: Machine) -> None:
    """The request was under way when the owner changed their mind."""
    machine.runpod.misbehave(lost_answers=1, only="POST /v2/pods")
    pod = machine.start()
    machine.turn()
    stopping.stop_now(pod)
    machine.until(State.GONE)

    assert machine.runpod.pods == []
    assert machine.metered() == pytest.approx(machine.billed(), abs=1e-3)


def test_the_next_pod_on_a_volume_uses_the_same_account(machine: Machine) -> None:
    """It lies in the volume's database."""
    first = machine.ready()
    stopping.drain(first)
    machine.until(State.GONE)
    second = machine.ready()

    assert (second.pk != first.pk, second.account_id) == (True, first.account_id)


def test_the_key_is_in_no_log_and_no_row(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    """Nor is the password in anything but the account."""
    pod = machine.ready()
    machine.runpod.misbehave(wrong_key=True)
    machine.run(120)

    kept = str(Pod.objects.values().get(pk=pod.pk)) + caplog.text
    assert machine.runpod.key not in kept
    assert pod.account.password not in kept


def test_every_state_has_its_moves() -> None:
    """And the end has none."""
    assert set(MOVES) == set(State)
    assert MOVES[State.GONE] == set()
    assert all(State.STOPPING in MOVES[state] for state in (State.CREATING, State.STARTING, State.READY, State.UNKNOWN))
