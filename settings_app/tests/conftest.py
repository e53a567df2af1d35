"""What the tests of the settings share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from demo.runpod.running import FakeRunPod
from settings_app.door import claiming
from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.tests.machine import VOLUME, Machine


@pytest.fixture
def unclaimed(db: None, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> str:
    """A library without an owner, in a data folder of its own; gives the one-time key."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    return claiming.key()


@pytest.fixture
def runpod(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRunPod]:
    """A stand-in for RunPod whose clock is ours, with a key and a network volume set up."""
    monkeypatch.setattr("lib.queue.async_task", lambda *_: None)
    with FakeRunPod() as running:
        monkeypatch.setattr("lib.clock.now", running.clock)
        running.world.add_volume(VOLUME)
        settings.RUNPOD_API_BASE = running.url
        settings.RUNPOD_PROXY_TEMPLATE = running.proxy_template
        ApplicationSettings.load()
        ApplicationSettings.objects.update(runpod_api_key=running.key, backend_mode="remote")
        RentalTerms.load()
        RentalTerms.objects.update(network_volume_id=VOLUME, image="example/invokeai:1")
        yield running


@pytest.fixture
def machine(runpod: FakeRunPod) -> Machine:
    """The machine on a network volume: pods are disposable."""
    return Machine(runpod)


@pytest.fixture
def lasting(machine: Machine) -> Machine:
    """The machine without a network volume: the pod is stopped and started again."""
    RentalTerms.objects.update(network_volume_id="")
    return machine
