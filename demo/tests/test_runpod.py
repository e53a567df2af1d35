"""The stand-in answers as RunPod does, by its own clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import requests

from clients.errors import RemoteRejected, RemoteUnreachable
from clients.invokeai import InvokeAI
from clients.runpod import NoCapacity, PodRequest, RunPod
from demo.runpod.running import FakeRunPod

VOLUME = "vol0standin"
REQUEST = PodRequest(
    name="gallery-abc-1",
    image="example/invokeai:1",
    gpu_type="NVIDIA RTX A5000",
    cloud="SECURE",
    ports=("9090/http",),
    disk_gb=40,
    mount_path="/workspace",
    network_volume_id=VOLUME,
    command=("python3", "-c", "…"),
    environment={"INVOKEAI_MULTIUSER": "true", "GALLERY_EMAIL": "us@example.org", "GALLERY_PASSWORD": "Secret-1"},
)


@pytest.fixture
def fake() -> Iterator[FakeRunPod]:
    with FakeRunPod() as running:
        running.world.add_volume(VOLUME)
        yield running


@pytest.fixture
def account(fake: FakeRunPod) -> Iterator[RunPod]:
    with RunPod(fake.key, base_url=fake.url) as client:
        yield client


def test_a_pod_comes_to_life_with_the_time(fake: FakeRunPod, account: RunPod) -> None:
    """RUNNING long before InvokeAI answers, and before anything is told of its runtime."""
    pod_id = account.create(REQUEST).id
    seen = []
    for _ in range(6):
        pod = account.pod(pod_id)
        assert pod
        seen.append((pod.status, pod.has_runtime, _answers(fake, pod_id)))
        fake.clock.advance(seconds=9)

    assert seen == [
        ("PROVISIONING", False, 502),
        ("STARTING", False, 502),
        ("STARTING", False, 502),
        ("RUNNING", True, 502),
        ("RUNNING", True, 502),
        ("RUNNING", True, 200),
    ]


def _answers(fake: FakeRunPod, pod_id: str, port: int = 9090) -> int:
    address = fake.proxy_template.format(pod_id=pod_id, port=port)
    return requests.get(f"{address}/api/v1/app/version", timeout=5).status_code


def test_the_proxy_knows_declared_ports_of_present_pods_only(fake: FakeRunPod, account: RunPod) -> None:
    """Everything else is a page with 404."""
    pod_id = account.create(REQUEST).id
    fake.clock.advance(seconds=60)
    answers = [_answers(fake, pod_id), _answers(fake, pod_id, 3000), _answers(fake, "nobody")]
    account.terminate(pod_id)

    assert [*answers, _answers(fake, pod_id)] == [200, 404, 404, 404]


def test_only_our_account_gets_in(fake: FakeRunPod, account: RunPod) -> None:
    """The first boot made it; the volume keeps it for the next pod."""
    for _ in range(2):
        pod_id = account.create(REQUEST).id
        fake.clock.advance(seconds=60)
        address = fake.proxy_template.format(pod_id=pod_id, port=9090)
        with InvokeAI(address) as stranger, pytest.raises(RemoteRejected):
            stranger.queue.status()
        with InvokeAI(address) as door:
            token = door.accounts.log_in("us@example.org", "Secret-1").token
        with InvokeAI(address, token=token) as ours:
            assert ours.queue.status().pending == 0
        account.terminate(pod_id)


def test_it_costs_from_the_request_to_the_end(fake: FakeRunPod, account: RunPod) -> None:
    """By the second, and a stopped one costs nothing whatever price it shows."""
    fake.misbehave(stopped_cost="0.72")
    pod_id = account.create(REQUEST).id
    fake.clock.advance(hours=1)
    stopped = account.stop(pod_id)
    fake.clock.advance(hours=5)

    assert stopped
    assert (stopped.status, stopped.cost, fake.world.bill()) == ("EXITED", Decimal("0.72"), Decimal("0.27"))


def test_a_stray_field_is_refused(fake: FakeRunPod) -> None:
    """One name of the old API breaks the call."""
    body = {**REQUEST.as_json(), "imageName": "x"}
    headers = {"Authorization": f"Bearer {fake.key}"}

    answer = requests.post(f"{fake.url}/v2/pods", json=body, headers=headers, timeout=5)

    assert (answer.status_code, answer.json()["errors"]) == (422, ["imageName: unknown field"])


@pytest.mark.parametrize("path", ["/v1/pods", "/graphql"])
def test_what_was_retired_says_so(fake: FakeRunPod, path: str) -> None:
    """410."""
    assert requests.get(fake.url + path, timeout=5).status_code == 410


def test_the_list_has_pages(fake: FakeRunPod, account: RunPod) -> None:
    """As many as are wanted, or none."""
    fake.misbehave(page_size=2)
    ids = {account.create(replace(REQUEST, name=f"pod-{n}")).id for n in range(5)}

    assert {pod.id for pod in account.pods()} == ids


def test_an_answer_can_get_lost_after_the_deed(fake: FakeRunPod, account: RunPod) -> None:
    """Then there is a pod nobody was told of."""
    fake.misbehave(lost_answers=1, only="POST /v2/pods")

    with pytest.raises(RemoteUnreachable):
        account.create(REQUEST)
    assert [pod.name for pod in account.pods()] == ["gallery-abc-1"]


def test_an_action_that_does_not_fit_is_a_conflict(fake: FakeRunPod, account: RunPod) -> None:
    """Stopping twice."""
    pod_id = account.create(REQUEST).id
    account.stop(pod_id)

    with pytest.raises(RemoteRejected) as caught:
        account.stop(pod_id)
    assert caught.value.status == 409


@pytest.mark.parametrize("form", ["detail", "error"])
def test_a_start_can_be_refused(fake: FakeRunPod, account: RunPod, form: str) -> None:
    """The pod stays stopped."""
    fake.misbehave(start_refused=1, start_refused_as=form)
    pod_id = account.create(REQUEST).id
    account.stop(pod_id)

    with pytest.raises(NoCapacity):
        account.start(pod_id)
    assert fake.world.costing() == []


def test_the_catalogue_tells_prices_by_cloud(account: RunPod) -> None:
    """A card that a cloud does not have has no price there."""
    cards = {card.id: card for card in account.gpu_types("SECURE")}

    assert cards["NVIDIA RTX A5000"].prices == {"SECURE": Decimal("0.27"), "COMMUNITY": Decimal("0.16")}
    assert cards["NVIDIA A40"].prices == {"SECURE": Decimal("0.4")}


def test_the_log_ends_though_the_stream_does_not(account: RunPod) -> None:
    """What came is the log."""
    lines = account.logs(account.create(REQUEST).id)

    assert [line.line for line in lines] == ["create container example/invokeai:1", "start container"]


def test_the_bill_is_cut_into_hours(fake: FakeRunPod, account: RunPod) -> None:
    """Whole ones, whatever moments were asked for; together they are what it cost."""
    began = fake.clock()
    account.create(REQUEST)
    fake.clock.advance(minutes=90)
    records = account.billing(began, fake.clock(), bucket="hour")

    assert [(record.began_at, record.total) for record in records] == [
        (began, Decimal("0.27")),
        (began + timedelta(hours=1), Decimal("0.135")),
    ]


def test_the_bill_names_each_pod(fake: FakeRunPod, account: RunPod) -> None:
    """By day."""
    pod_id = account.create(REQUEST).id
    fake.clock.advance(hours=2)
    records = account.billing(fake.clock(), fake.clock())

    assert [(record.pod_id, record.total) for record in records] == [(pod_id, Decimal("0.54"))]
