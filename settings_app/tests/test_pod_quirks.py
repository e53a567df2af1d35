"""A pod's life over the stand-in: what can go wrong at RunPod, goes wrong, and ends well."""

from datetime import timedelta
from itertools import pairwise

import pytest

from clients.errors import RemoteRejected
from demo.runpod.quirks import ALWAYS
from settings_app import connections
from settings_app.models import ApplicationSettings, Pod, PodSession, RateSegment, RentalTerms, StrayPod
from settings_app.pods import metering, reconciling, starting, stopping
from settings_app.pods.choices import State, Trouble
from settings_app.tests.machine import VOLUME, Machine

CREATE = "POST /v2/pods"
AN_HOUR = 3600


def is_honest(machine: Machine, *, within: float = 0.003) -> bool:
    """Tell whether the meter says what it truly cost, but for what no look could see; a minute is 0.0045."""
    return machine.metered() == pytest.approx(machine.billed(), abs=within)


def creates(machine: Machine) -> int:
    return sum(str(call) == CREATE for call in machine.runpod.world.journal)


def test_a_lost_answer_is_settled_by_looking_for_the_name(machine: Machine) -> None:
    """Never by asking again."""
    machine.runpod.misbehave(lost_answers=1, only=CREATE)
    machine.ready()

    assert creates(machine) == 1
    assert len(machine.runpod.pods) == 1
    assert is_honest(machine)


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

    assert (creates(machine), machine.pod.trouble) == (3, Trouble.LOST)


def test_half_an_answer_to_a_request_is_settled_by_looking(machine: Machine) -> None:
    """It was accepted all the same."""
    machine.runpod.misbehave(malformed=1, only=CREATE)
    machine.ready()

    assert (creates(machine), len(machine.runpod.pods)) == (1, 1)


def test_a_request_that_arrived_twice_leaves_one_pod(machine: Machine) -> None:
    """The other is found by its name and deleted, and its cost is not hidden."""
    machine.runpod.misbehave(doubled=1)
    machine.ready()
    machine.wait(60)
    reconciling.reconcile()

    assert [pod.id for pod in machine.runpod.pods] == [machine.pod.pod_id]
    assert is_honest(machine)


def test_of_two_that_bear_our_name_one_is_taken_and_the_other_deleted(machine: Machine) -> None:
    """The answer got lost, too."""
    machine.runpod.misbehave(doubled=1, lost_answers=1, only=CREATE)
    machine.ready()
    reconciling.delete_doubles()

    assert [pod.id for pod in machine.runpod.pods] == [machine.pod.pod_id]
    assert StrayPod.objects.get().gone_at
    assert is_honest(machine)


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


@pytest.mark.parametrize("quirk", ["no_pagination", "page_size"])
def test_whatever_form_the_list_has_the_name_is_found(machine: Machine, quirk: str) -> None:
    """On any page."""
    for n in range(4):
        machine.runpod.world.rent({"name": f"other-{n}", "gpu": {"id": "NVIDIA A40"}, "ports": []})
    machine.runpod.misbehave(lost_answers=1, only=CREATE, **{quirk: 2 if quirk == "page_size" else True})
    machine.ready()

    assert creates(machine) == 1


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

    assert (machine.state, len(machine.runpod.pods), creates(machine)) == (State.READY, 1, 1)
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


@pytest.mark.parametrize(
    ("quirks", "trouble"),
    [
        ({"never_runs": True}, Trouble.BOOT_TIMEOUT),
        ({"proxy_down": True}, Trouble.BOOT_TIMEOUT),
        ({"fails": True}, Trouble.REMOTE_ERROR),
        ({"exits": True}, Trouble.BOOT_FAILED),
        ({"open_door": True}, Trouble.OPEN_DOOR),
        ({"stranger_is_admin": True}, Trouble.FOREIGN_ACCOUNT),
    ],
)
def test_a_pod_that_does_not_become_usable_is_ended(machine: Machine, quirks: dict, trouble: Trouble) -> None:
    """It costs from the request on, and that is counted."""
    machine.runpod.misbehave(**quirks)
    machine.start()
    machine.until(State.GONE)

    assert (machine.pod.trouble, bool(machine.pod.reason)) == (trouble, True)
    assert machine.runpod.world.costing() == []
    assert is_honest(machine)


@pytest.mark.parametrize("quirks", [{"never_runs": True}, {"fails": True}])
def test_the_log_of_a_failed_start_is_kept(machine: Machine, quirks: dict) -> None:
    """With the pod it would be gone."""
    machine.runpod.misbehave(**quirks)
    machine.start()

    assert "start container" in machine.until(State.GONE).boot_log


def test_should_the_first_boot_fail_we_come_first_all_the_same(machine: Machine) -> None:
    """Whoever comes first is administrator."""
    machine.runpod.misbehave(nobody_is_admin=True)
    pod = machine.ready()

    assert machine.runpod.invokeai(VOLUME).accounts.passwords == {pod.account.email: pod.account.password}


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

    starting.replace()
    new = lasting.until(State.READY)
    lasting.until_so(lambda: Pod.objects.get(pk=old.pk).state == State.GONE)
    assert [pod.id for pod in lasting.runpod.pods] == [new.pod_id]


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


def test_a_pod_stopped_elsewhere_is_noticed(machine: Machine) -> None:
    """On RunPod's own page; the meter ends where it was last seen running."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.stop(machine.runpod.world.pods[pod.pod_id])
    machine.until(State.STOPPED)

    assert machine.pod.trouble == Trouble.ENDED_ELSEWHERE
    assert is_honest(machine, within=0.01)


def test_a_pod_ended_elsewhere_is_noticed(machine: Machine) -> None:
    """A 404 from the right account."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    machine.until(State.GONE)

    assert machine.pod.trouble == Trouble.ENDED_ELSEWHERE
    assert is_honest(machine, within=0.01)


def test_a_pod_started_elsewhere_is_noticed_and_counted(lasting: Machine) -> None:
    """It costs, whoever started it."""
    stopping.drain(lasting.ready())
    pod = lasting.until(State.STOPPED)
    lasting.wait(AN_HOUR)
    lasting.runpod.world.start(lasting.runpod.world.pods[pod.pod_id])
    lasting.until(State.READY)

    assert is_honest(lasting, within=0.01)


def test_a_stopped_disposable_pod_is_replaced_by_the_next_start(machine: Machine) -> None:
    """RunPod stops pods when the balance is empty; everything worth keeping is on the volume."""
    old = machine.ready()
    machine.runpod.world.stop(machine.runpod.world.pods[old.pod_id])
    machine.until(State.STOPPED)
    new = machine.ready()
    machine.until_so(lambda: Pod.objects.get(pk=old.pk).state == State.GONE)

    assert [pod.id for pod in machine.runpod.pods] == [new.pod_id]


def test_with_another_accounts_key_a_pod_only_seems_gone(machine: Machine) -> None:
    """Not knowing is not stopped: it goes on costing, and no other is rented."""
    pod = machine.ready()
    ApplicationSettings.objects.update(runpod_api_key="rpa_other")
    machine.runpod.world.key = "rpa_other"
    hidden = machine.runpod.world.pods.pop(pod.pod_id)
    machine.run(600)

    assert "not the one it was rented with" in machine.pod.difficulty
    assert metering.current().rate == hidden.rate
    assert starting.start().pk == pod.pk


def test_a_word_that_is_new_goes_on_costing_and_is_told(machine: Machine) -> None:
    """RunPod's list of states can grow."""
    machine.ready()
    machine.runpod.misbehave(status_word="HIBERNATING")
    machine.until(State.UNKNOWN)
    machine.run(600)
    assert "HIBERNATING" in machine.pod.difficulty
    assert is_honest(machine)

    machine.runpod.behave()
    assert machine.until(State.READY)


def test_when_invokeai_falls_silent_no_other_pod_is_rented(machine: Machine) -> None:
    """It is waited for in the same one."""
    machine.ready()
    machine.runpod.misbehave(proxy_down=True)
    machine.until(State.BOOTING)
    machine.runpod.behave()
    machine.until(State.READY)

    assert creates(machine) == 1


def test_when_only_runpods_api_is_silent_the_pod_goes_on_working(machine: Machine) -> None:
    """InvokeAI answers by another way."""
    pod = machine.ready()
    machine.runpod.misbehave(faults=ALWAYS)
    machine.run(900)

    assert machine.state == State.READY
    assert "fault" in machine.pod.difficulty
    with connections.invokeai_for(pod.server) as client:
        assert client.queue.status().pending == 0


def test_a_night_of_silence_is_counted_as_what_it_was(machine: Machine) -> None:
    """The gallery was off; the pod was not."""
    machine.ready()
    machine.wait(9 * AN_HOUR)
    machine.run(120)

    assert is_honest(machine)


def test_a_pod_that_ended_while_the_gallery_was_off_costs_until_it_was_last_seen(machine: Machine) -> None:
    """The bill will say more."""
    pod = machine.ready()
    machine.run(600)
    machine.wait(1)
    machine.runpod.world.terminate(machine.runpod.world.pods[pod.pod_id])
    machine.wait(9 * AN_HOUR)
    machine.until(State.GONE)

    assert is_honest(machine, within=0.01)


@pytest.mark.parametrize("quirks", [{"stopped_cost": "0.72"}, {"cost_missing": True}, {"cost_zero": True}])
def test_strange_prices_do_not_fool_the_meter(lasting: Machine, quirks: dict) -> None:
    """The state decides whether it costs; a missing price is the last good one."""
    pod = lasting.ready()
    lasting.runpod.misbehave(**quirks)
    lasting.run(AN_HOUR)
    stopping.drain(pod)
    lasting.until(State.STOPPED)
    lasting.run(AN_HOUR)

    assert is_honest(lasting)


def test_a_rate_that_changes_in_mid_session_is_followed(machine: Machine) -> None:
    """From the next look on."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    machine.runpod.world.change_price(machine.runpod.world.pods[pod.pod_id], "0.99")
    machine.run(AN_HOUR)

    assert RateSegment.objects.count() == 2
    assert is_honest(machine, within=0.02)


def test_a_finished_session_goes_into_the_history(machine: Machine) -> None:
    """With pod, card, seconds and cost."""
    pod = machine.ready()
    machine.run(AN_HOUR)
    stopping.drain(pod)
    machine.until(State.GONE)

    session = PodSession.objects.get()
    assert (session.runpod_id, session.gpu_type) == (pod.pod_id, "NVIDIA RTX A5000")
    assert float(session.estimated_cost) == pytest.approx(machine.billed(), abs=0.003)
    assert session.began_at < session.ready_at < session.ended_at


def test_a_terminated_pod_that_still_answers_is_gone(machine: Machine) -> None:
    """Its state says it."""
    machine.runpod.misbehave(terminated_lingers=True)
    stopping.drain(machine.ready())

    assert machine.until(State.GONE)


def test_a_slow_stop_is_waited_for(lasting: Machine) -> None:
    """And not taken for one that failed."""
    lasting.runpod.misbehave(stop_slowly=25.0)
    stopping.drain(lasting.ready())
    lasting.until(State.STOPPED)

    assert is_honest(lasting)


def test_an_error_of_a_lasting_pod_waits_for_the_owner(lasting: Machine) -> None:
    """It cannot be stopped, and deleting it would take the models: so it is said, and counted."""
    lasting.runpod.misbehave(fails=True)
    lasting.start()
    lasting.until(State.ERROR)
    lasting.run(AN_HOUR)
    assert lasting.state == State.ERROR
    assert is_honest(lasting)

    assert stopping.end(lasting.pod)
    lasting.until(State.GONE)
    assert lasting.runpod.world.costing() == []


def test_a_clock_set_back_stops_nothing(machine: Machine) -> None:
    """Leases and turns written in the future count as passed."""
    machine.ready()
    machine.runpod.clock.advance(hours=-5)
    due = Pod.objects.due(now=machine.runpod.clock.moment)
    assert due.exists()
    Pod.objects.update(lease_until=machine.runpod.clock.moment + timedelta(hours=5))

    assert due.exists()


def test_a_pod_that_ended_for_good_refuses_what_is_sent_there(lasting: Machine) -> None:
    """Its disk is gone, and nothing will bring it back."""
    pod = lasting.ready()
    stopping.end(pod)
    lasting.until(State.GONE)

    with pytest.raises(RemoteRejected, match="gone"):
        connections.invokeai_for(pod.server)
