"""Pods in the admin: seen, stopped by the operation the page uses, never written by hand, no secret shown."""

from decimal import Decimal

import pytest
from django.test import Client

from demo.runpod.running import FakeRunPod
from lib import clock
from settings_app.models import Pod, PodSession, RateSegment, StrayPod
from settings_app.pods.choices import State
from settings_app.tests.factories import PodFactory

LISTS = ["pod", "podsession", "ratesegment", "straypod", "rentalterms"]


@pytest.fixture
def pod(runpod: FakeRunPod) -> Pod:
    now = clock.now()
    pod = PodFactory(pod_id="pod1", state=State.READY, created_at=now, state_since=now)
    session = PodSession.objects.create(pod=pod, runpod_id="pod1", gpu_type=pod.gpu_type, began_at=now)
    RateSegment.objects.create(session=session, rate=Decimal("0.27"), began_at=now, last_seen_at=now)
    StrayPod.objects.create(pod_id="pod2", name="gallery-abc123-ffffff")
    return pod


@pytest.mark.parametrize("name", LISTS)
def test_every_table_can_be_looked_at_and_searched(owner_client: Client, pod: Pod, name: str) -> None:
    """Though nothing can be added."""
    shown = owner_client.get(f"/admin/settings_app/{name}/?q=gallery")
    added = owner_client.get(f"/admin/settings_app/{name}/add/")

    assert (shown.status_code, added.status_code) == (200, 403)


def test_a_pods_page_shows_no_secret(owner_client: Client, pod: Pod) -> None:
    """Neither the account's password nor its token."""
    pod.account.token = "a-very-secret-token"
    pod.account.save()

    page = owner_client.get(f"/admin/settings_app/pod/{pod.pk}/change/").content.decode()
    assert pod.name in page
    assert pod.account.password not in page
    assert pod.account.token not in page


def test_stopping_from_the_list_is_what_the_button_does(owner_client: Client, pod: Pod) -> None:
    """It drains first."""
    owner_client.post("/admin/settings_app/pod/", {"action": "stop", "_selected_action": [str(pod.pk)]})

    pod.refresh_from_db()
    assert pod.state == State.DRAINING
