"""Workers die between any two calls, answers get lost, and the owner changes their mind: one pod, never forgotten."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from clients.runpod import NoCapacity
from settings_app.models import Pod, PodSession, RateSegment, StrayPod
from settings_app.pods import answers, calling, driving, judging, reconciling, recording, replacing, starting, stopping
from settings_app.pods.choices import State
from settings_app.pods.planning import Call
from settings_app.pods.querysets import PodQuerySet
from settings_app.tests.machine import CREATE, Machine

AT_REST = (State.GONE, State.STOPPED, State.ERROR)


class Killed(BaseException):
    """A kill -9: nothing that follows in this worker happens, no clean-up either."""


class Reaper:
    """Kills the worker at chosen moments; there is one before and after each call and each thing written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed = 0
        self.kills = 0
        self.is_due = lambda _moment: False
        self._dying = False
        self._around(monkeypatch, calling, "make")
        self._around(monkeypatch, recording, "record")
        self._around(monkeypatch, recording, "_run_meter")
        release = PodQuerySet.release
        monkeypatch.setattr(PodQuerySet, "release", lambda *args: False if self._dying else release(*args))

    def _around(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        true = getattr(module, name)

        def wrapped(*args: Any) -> Any:
            self._pass()
            result = true(*args)
            self._pass()
            return result

        monkeypatch.setattr(module, name, wrapped)

    def _pass(self) -> None:
        self.passed += 1
        if self.is_due(self.passed):
            self.kills += 1
            self._dying = True
            raise Killed

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What is done here may be killed; another worker comes later."""
        try:
            yield
        except Killed:
            self._dying = False


@pytest.fixture
def reaper(monkeypatch: pytest.MonkeyPatch) -> Reaper:
    return Reaper(monkeypatch)


def go_on(machine: Machine, reaper: Reaper, *states: State, turns: int = 600) -> None:
    """Take turns, whoever dies in them, and check what must always hold."""
    for _ in range(turns):
        if machine.state in states:
            return
        with reaper.at_work():
            machine.turn()
        nothing_is_lost(machine)
    raise AssertionError(f"stuck in {machine.state}: {machine.pod.difficulty}")


def nothing_is_lost(machine: Machine) -> None:
    """At most one pod costs money, and whatever does is known, or is being looked for by its name."""
    costing = machine.runpod.world.costing()
    assert len(costing) <= 1
    for pod in costing:
        row = Pod.objects.get(name=pod.request["name"])
        assert row.pod_id in (pod.id, "")
        assert row.state not in AT_REST
        assert row.pod_id or row.create_sent_at


@pytest.mark.parametrize("moment", range(1, 13))
@pytest.mark.parametrize("is_lost", [False, True])
def test_killed_at_any_moment_of_renting_there_is_one_pod(
    machine: Machine, reaper: Reaper, moment: int, is_lost: bool
) -> None:
    """Whether or not RunPod's answer got lost as well."""
    machine.runpod.misbehave(lost_answers=int(is_lost), only=CREATE)
    reaper.is_due = lambda passed: passed == moment
    starting.start()
    go_on(machine, reaper, State.READY)

    assert reaper.kills == 1
    assert [pod.id for pod in machine.runpod.pods] == [machine.pod.pod_id]


@pytest.mark.parametrize("moment", range(1, 19))
def test_killed_at_any_moment_of_ending_nothing_is_left(machine: Machine, reaper: Reaper, moment: int) -> None:
    """Asked for its queue, told to end, read back: the meter closes with it."""
    machine.ready()
    machine.wait(1800)
    before = reaper.passed
    reaper.is_due = lambda passed: passed == before + moment
    stopping.drain(machine.pod)
    go_on(machine, reaper, State.GONE)

    ended_well(machine)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["machine", "lasting"])
def test_a_whole_life_under_a_reaper_ends_without_a_cost(
    request: pytest.FixtureRequest, reaper: Reaper, kind: str, seed: int
) -> None:
    """Workers die again and again; the pod becomes ready, works, rests, and the meter is right."""
    machine = request.getfixturevalue(kind)
    chance = random.Random(seed)
    reaper.is_due = lambda _passed: chance.random() < 0.15
    starting.start()
    go_on(machine, reaper, State.READY)
    machine.wait(1800)
    stopping.drain(machine.pod)
    go_on(machine, reaper, State.GONE, State.STOPPED)

    assert reaper.kills > 2
    ended_well(machine)


def ended_well(machine: Machine) -> None:
    assert machine.runpod.world.costing() == []
    assert machine.metered() == pytest.approx(machine.billed(), abs=0.02)
    assert not RateSegment.objects.open().exists()
    assert not PodSession.objects.open().exists()


QUIRKS: list[dict[str, Any]] = [
    {"lost_answers": 1},
    {"faults": 2},
    {"too_many": 1},
    {"cloudflare": 1},
    {"malformed": 1},
    {"no_capacity": 2},
    {"start_refused": 1},
    {"stop_ignored": 1},
    {"proxy_down": True},
    {"proxy_down": False},
    {"cost_missing": True},
    {"cost_missing": False},
    {"terminated_lingers": True},
]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["machine", "lasting"])
def test_whatever_comes_together_there_is_never_a_second_pod_nor_a_forgotten_one(
    request: pytest.FixtureRequest, reaper: Reaper, kind: str, seed: int
) -> None:
    """Quirks, kills, clicks and time, by chance; at the end the owner stops, and nothing costs any more."""
    machine = request.getfixturevalue(kind)
    chance = random.Random(seed)
    reaper.is_due = lambda _passed: chance.random() < 0.08
    starting.start()
    for _ in range(60):
        machine.runpod.misbehave(**chance.choice(QUIRKS))
        act = chance.choice(["turn"] * 8 + ["start", "drain", "stop", "keep", "wait", "replace"])
        with reaper.at_work():
            _do(machine, act, chance)
        nothing_is_lost(machine)

    _heal(machine, reaper)
    assert machine.runpod.world.costing() == []
    assert not Pod.objects.exclude(state__in=AT_REST).exists()
    assert not PodSession.objects.open().exists()
    assert not StrayPod.objects.filter(gone_at=None).exists()


def _do(machine: Machine, act: str, chance: random.Random) -> None:
    pod = Pod.objects.current()
    if act == "start":
        starting.start()
    elif act == "wait":
        machine.wait(chance.choice([1, 30, 300, 4000]))
    elif act == "turn" or pod is None:
        machine.turn()
    elif act == "drain":
        stopping.drain(pod)
    elif act == "stop":
        stopping.stop_now(pod)
    elif act == "replace" and replacing.can_be_replaced(pod):
        replacing.replace()
    elif act == "keep":
        stopping.keep(pod)


def _heal(machine: Machine, reaper: Reaper) -> None:
    machine.runpod.behave()
    reaper.is_due = lambda _passed: False
    pod = Pod.objects.current()
    if pod and pod.state not in AT_REST:
        stopping.stop_now(pod)
    go_on(machine, reaper, *AT_REST)
    reconciling.reconcile()


def test_two_workers_never_act_at_once(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one waits for RunPod, the other leaves again."""
    pod = machine.start()
    true, second = calling.make, []

    def make(*args: Any) -> Any:
        second.append(driving.turn(pod.pk))
        return true(*args)

    monkeypatch.setattr(calling, "make", make)
    for _ in range(4):
        machine.turn()

    assert second == [False] * 4
    assert sum(str(call) == CREATE for call in machine.runpod.world.journal) == 1


def test_what_a_worker_learns_after_its_lease_ran_out_undoes_nothing(machine: Machine) -> None:
    """A machine that slept in the middle of a call: another worker has sent a request since."""
    machine.start()
    slow = Pod.objects.claim(machine.pod.pk, now=machine.runpod.clock.moment)
    assert slow
    machine.wait(3600)
    quick = Pod.objects.claim(slow.pk, now=machine.runpod.clock.moment)
    assert quick
    Pod.objects.filter(pk=slow.pk).update(create_sent_at=machine.runpod.clock.moment)

    refused = answers.Failed(NoCapacity("No machine is free.", is_host_taken=False))
    verdict = judging.judge(slow, refused, machine.runpod.clock.moment)

    assert not recording.record(slow, Call.CREATE, refused, verdict, machine.runpod.clock.moment)
    assert (machine.state, machine.pod.create_sent_at) == (State.CREATING, machine.runpod.clock.moment)


def test_a_worker_that_stumbles_leaves_the_pod_to_the_next(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours must not let a pod cost unwatched."""
    machine.ready()
    with monkeypatch.context() as broken:
        broken.setattr(calling, "make", lambda *_: 1 / 0)
        machine.turn()
    machine.run(120)

    assert machine.state == State.READY
    assert machine.pod.lease_until is None


def test_a_pod_whose_row_ended_while_the_request_was_still_on_its_way_is_deleted(machine: Machine) -> None:
    """It shows up late, under a name that we know and no longer want."""
    machine.runpod.misbehave(faults=1000, only=CREATE)
    pod = machine.start()
    machine.turn()
    stopping.stop_now(pod)
    machine.until(State.GONE)
    late = machine.runpod.world.rent({"name": pod.name, "gpu": {"id": pod.gpu_type}, "ports": []})
    machine.wait(300)
    reconciling.reconcile()

    assert late.terminated
    assert machine.metered() == pytest.approx(machine.billed(), abs=1e-4)
