"""A rented pod from the settings to its end, over the stand-in for RunPod, in a browser."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django import Settings

from demo.runpod.pods import Times
from demo.runpod.running import FakeRunPod
from demo.standin.backend import Pace
from models_catalog.tests.factories import ModelFactory
from settings_app.models import ApplicationSettings, Pod
from settings_app.tests.machine import VOLUME
from tests.e2e.following import following
from tests.e2e.worker import Worker

SERVER = f"runpod:volume:{VOLUME}"


@pytest.fixture
def runpod(owner: User, settings: Settings) -> Iterator[FakeRunPod]:
    """RunPod by the true clock, whose machines come up within seconds, with a volume whose models are known."""
    with FakeRunPod(clock=lambda: datetime.now(UTC), pace=Pace(seconds_per_step=0.05)) as running:  # type: ignore[arg-type]
        running.world.times = Times(placed=0.5, running=1, runtime=1.5, listening=2)
        running.world.add_volume(VOLUME)
        settings.RUNPOD_API_BASE, settings.RUNPOD_PROXY_TEMPLATE = running.url, running.proxy_template
        ApplicationSettings.load()
        yield running


@pytest.fixture
def follower(runpod: FakeRunPod) -> Iterator[None]:
    """Drives the pod and follows what it makes, in a thread as in its process."""
    with following():
        yield


def switch_to_pod(page: Page, key: str) -> None:
    """Enter the key and the volume, try them out, and save."""
    page.goto("/settings/")
    page.get_by_text("Rented pod", exact=True).locator("visible=true").last.scroll_into_view_if_needed()
    page.get_by_label("RunPod API key").fill(key)
    page.get_by_label("Network volume").fill(VOLUME)
    page.get_by_role("button", name="Test with RunPod").click()
    expect(page.locator("#runpod-verdict")).to_contain_text("$0.27 an hour")
    page.locator("[name=backend_mode][value=remote]").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def test_a_pod_is_rented_used_and_stopped(page: Page, runpod: FakeRunPod, follower: None, worker: Worker) -> None:
    """Asked once with its price; the request waits and comes back as pictures; the bar tells of it until the end."""
    switch_to_pod(page, runpod.key)
    assert runpod.key not in page.content()
    record = next(
        each for each in runpod.invokeai(VOLUME).models.records if (each["type"], each["base"]) == ("main", "sd-1")
    )
    ModelFactory(server=SERVER, **{name: record[name] for name in ("key", "hash", "name", "base", "type")})

    page.goto("/generate/new/")
    page.get_by_label("Prompt", exact=True).fill("Mountain lake at dusk")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Start a pod for this?")).to_be_visible()
    assert not Pod.objects.exists()
    page.get_by_role("button", name="Start, $0.27/h").click()
    expect(page.locator("#step-progress")).to_contain_text("Waiting for the pod")
    expect(page.locator(".cost-bar")).to_be_visible()

    expect(page.locator("a.alternative img").first).to_be_visible(timeout=60_000)
    expect(page.locator("#step-progress")).to_have_count(0, timeout=60_000)
    page.goto("/pod/")
    expect(page.locator(".cost-bar")).to_contain_text("Idle stop")
    expect(page.locator(".cost-bar")).to_contain_text("$0.27/h")
    expect(page.locator(".pod-session")).to_contain_text("4 pictures")

    page.locator(".cost-bar").get_by_role("button", name=re.compile("Stop")).click()
    expect(page.get_by_text("The pod is being stopped")).to_be_visible()
    expect(page.locator(".cost-bar")).to_contain_text("Stopped", timeout=90_000)
    assert runpod.world.costing() == []
