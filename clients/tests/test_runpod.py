"""RunPod's answers become records, and its refusals one of the four errors."""

import traceback
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from clients.errors import RemoteBusy, RemoteError, RemoteRejected, RemoteUnreachable
from clients.http import Timeouts
from clients.runpod import NoCapacity, PodRequest, RunPod
from clients.tests.server import FakeServer

KEY = "rpa_very_secret"
POD: dict[str, Any] = {
    "id": "q3v8k1m0zt7ab2",
    "name": "gallery-7c1f",
    "status": "RUNNING",
    "cost": 0.27,
    "env": {"GALLERY_PASSWORD": "hidden"},
    "gpu": {"id": "NVIDIA RTX A5000", "count": 1},
    "runtime": None,
    "mounts": {"network": [{"volumeId": "vol0", "path": "/workspace"}]},
    "createdAt": "2026-11-22T10:00:00.120Z",
    "something": "new",
}
REQUEST = PodRequest(
    name="gallery-7c1f",
    image="a/b:c",
    gpu_type="NVIDIA RTX A5000",
    cloud="SECURE",
    ports=("9090/http",),
    disk_gb=40,
    mount_path="/workspace",
    network_volume_id="vol0",
    environment={"GALLERY_PASSWORD": "hidden"},
)
PROBLEM = {"Content-Type": "application/problem+json"}


@pytest.fixture
def runpod(server: FakeServer) -> Iterator[RunPod]:
    with RunPod(KEY, base_url=server.url, timeouts=Timeouts(connect=1, read=0.5, whole=1)) as client:
        yield client


def test_a_pod_is_read_and_its_environment_left_out(server: FakeServer, runpod: RunPod) -> None:
    """Amounts stay exact, and what is unknown is ignored."""
    server.says("GET", "/v2/pods/q3v8k1m0zt7ab2", POD)

    pod = runpod.pod("q3v8k1m0zt7ab2")

    assert pod
    assert (pod.cost, pod.gpu_count, pod.has_runtime) == (Decimal("0.27"), 1, False)
    assert pod.volume_ids == ("vol0",)
    assert "hidden" not in repr(pod)


def test_the_key_travels_in_the_header_only(server: FakeServer, runpod: RunPod) -> None:
    """With a name of our own, since nameless programs are turned away."""
    server.says("GET", "/v2/pods/a", POD)

    runpod.pod("a")

    asked = server.asked[0]
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["User-Agent"].startswith("photo-gallery")
    assert (asked.query, KEY in asked.path) == ({}, False)


@pytest.mark.parametrize("cost", [0.1, 0.30000000000000004, "0.27", 1, 0.7200000001])
def test_amounts_are_exact(server: FakeServer, runpod: RunPod, cost: object) -> None:
    """No float comes between RunPod's digits and ours; texts are read too."""
    server.says("GET", "/v2/pods/a", {**POD, "cost": cost})

    pod = runpod.pod("a")

    assert pod
    assert pod.cost == Decimal(str(cost))


@pytest.mark.parametrize("cost", [None, "much", -1, True])
def test_an_amount_that_is_none_is_not_told(server: FakeServer, runpod: RunPod, cost: object) -> None:
    """It must not read as free of charge."""
    server.says("GET", "/v2/pods/a", {**POD, "cost": cost})

    pod = runpod.pod("a")

    assert pod
    assert pod.cost is None


def test_all_pages_of_the_list_are_read_and_doubles_dropped(server: FakeServer, runpod: RunPod) -> None:
    """What counts is the word that there is more, not the number of rows."""
    server.says("GET", "/v2/pods", {"pods": [POD], "pagination": {"hasNextPage": True, "nextCursor": "c"}})
    server.says("GET", "/v2/pods", {"pods": [POD, {**POD, "id": "b"}], "pagination": {"hasNextPage": False}})

    assert [pod.id for pod in runpod.pods()] == ["q3v8k1m0zt7ab2", "b"]
    assert server.asked[1].query["cursor"] == ["c"]


def test_a_list_without_pagination_is_the_last_page(server: FakeServer, runpod: RunPod) -> None:
    """As the first version of the API answered."""
    server.says("GET", "/v2/pods", {"pods": [POD]})

    assert len(runpod.pods()) == 1


@pytest.mark.parametrize("answer", [{}, {"pods": None}, [], {"pods": [{}]}, {"pods": [{"id": "a"}]}])
def test_a_broken_list_is_no_empty_list(server: FakeServer, runpod: RunPod, answer: object) -> None:
    """An empty one would say that our pod is gone."""
    server.says("GET", "/v2/pods", answer)

    with pytest.raises(RemoteUnreachable):
        runpod.pods()


@pytest.mark.parametrize(
    "pagination",
    [
        "soon",
        {"nextCursor": "c"},
        {"hasNextPage": "true", "nextCursor": "c"},
        {"hasNextPage": True, "nextCursor": None},
        {"hasNextPage": True, "nextCursor": "the same again"},
    ],
)
def test_pages_that_cannot_be_turned_are_no_last_page(server: FakeServer, runpod: RunPod, pagination: object) -> None:
    """Half a list would hide a pod that costs money."""
    server.says("GET", "/v2/pods", {"pods": [POD], "pagination": pagination})

    with pytest.raises(RemoteUnreachable):
        runpod.pods()
    assert len(server.asked) <= 2


def test_a_pod_that_is_gone_is_none(server: FakeServer, runpod: RunPod) -> None:
    """It is told by RunPod itself, not by a page of something in front of it."""
    server.says("GET", "/v2/pods/a", {"title": "Not Found", "status": 404}, status=404, headers=PROBLEM)
    server.says("GET", "/v2/pods/b", b"<html>", status=404, headers={"Content-Type": "text/html"})

    assert runpod.pod("a") is None
    with pytest.raises(RemoteUnreachable):
        runpod.pod("b")


@pytest.mark.parametrize(("status", "was_there"), [(204, True), (404, False)])
def test_a_pod_that_was_gone_already_is_told(server: FakeServer, runpod: RunPod, status: int, was_there: bool) -> None:
    """It does not prove that it cost money until now."""
    server.says("DELETE", "/v2/pods/a", {}, status=status, headers=PROBLEM)

    assert runpod.terminate("a") is was_there


def test_a_page_in_front_of_runpod_deletes_nothing(server: FakeServer, runpod: RunPod) -> None:
    """Whatever its status."""
    with pytest.raises(RemoteUnreachable):
        runpod.terminate("a")


@pytest.mark.parametrize("status", [400, 500])
def test_lack_of_machines_is_told_by_the_text(server: FakeServer, runpod: RunPod, status: int) -> None:
    """The status is that of a wrong request."""
    said = "There are no longer any instances available with the requested specifications."
    server.says("POST", "/v2/pods", {"title": "Bad Request", "detail": said}, status=status, headers=PROBLEM)

    with pytest.raises(NoCapacity) as caught:
        runpod.create(REQUEST)
    assert not caught.value.is_host_taken


@pytest.mark.parametrize("key", ["detail", "error"])
def test_a_card_that_was_rented_out_is_told_by_the_text(server: FakeServer, runpod: RunPod, key: str) -> None:
    """It was seen in two forms."""
    said = {key: "There are not enough free GPUs on the host machine to start this pod."}
    server.says("POST", "/v2/pods/a/action", said, status=400, headers=PROBLEM)

    with pytest.raises(NoCapacity) as caught:
        runpod.start("a")
    assert caught.value.is_host_taken


@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "API key"), (402, "balance"), (403, "let this API key"), (409, "state"), (410, "retired"), (422, "refused")],
)
def test_a_refusal_says_what_to_do(server: FakeServer, runpod: RunPod, status: int, word: str) -> None:
    """And keeps its status."""
    server.says("POST", "/v2/pods", {"title": "No", "detail": "why"}, status=status, headers=PROBLEM)

    with pytest.raises(RemoteRejected, match=word) as caught:
        runpod.create(REQUEST)
    assert caught.value.status == status


def test_a_page_of_cloudflare_says_nothing_about_the_key(server: FakeServer, runpod: RunPod) -> None:
    """It turned the caller away, not the request."""
    server.says("GET", "/v2/pods/a", b"<html>error code: 1010", status=403, headers={"Content-Type": "text/html"})

    with pytest.raises(RemoteUnreachable):
        runpod.pod("a")


def test_too_many_questions_are_told_with_the_wait(server: FakeServer, runpod: RunPod) -> None:
    """In seconds."""
    server.says("GET", "/v2/pods/a", {"title": "Slow down"}, status=429, headers={**PROBLEM, "Retry-After": "17"})

    with pytest.raises(RemoteBusy) as caught:
        runpod.pod("a")
    assert caught.value.retry_after == 17


@pytest.mark.parametrize("body", [b"upstream", b'{"error": "boom"}', b"{", b"null"])
def test_a_fault_of_runpod_may_be_tried_again(server: FakeServer, runpod: RunPod, body: bytes) -> None:
    """Whatever form it has."""
    server.says("POST", "/v2/pods", body, status=502)

    with pytest.raises(RemoteUnreachable):
        runpod.create(REQUEST)


def test_nothing_secret_is_in_an_error(server: FakeServer, runpod: RunPod) -> None:
    """RunPod may repeat what was sent."""
    said = {"title": "Unprocessable", "errors": [f"env.GALLERY_PASSWORD: hidden is bad for {KEY}"]}
    server.says("POST", "/v2/pods", said, status=422, headers=PROBLEM)

    with pytest.raises(RemoteError) as caught:
        runpod.create(REQUEST)
    shown = "".join(traceback.format_exception(caught.value)) + repr(runpod) + repr(REQUEST) + repr(vars(caught.value))
    assert "hidden is" not in shown
    assert KEY not in shown


def test_a_request_has_the_names_runpod_knows(server: FakeServer, runpod: RunPod) -> None:
    """One stray name would have it refused."""
    server.says("POST", "/v2/pods", POD, status=201)

    runpod.create(REQUEST)

    assert server.asked[0].json == {
        "name": "gallery-7c1f",
        "image": "a/b:c",
        "cloud": "SECURE",
        "gpu": {"id": "NVIDIA RTX A5000", "count": 1},
        "disk": 40,
        "mounts": {"network": [{"volumeId": "vol0", "path": "/workspace"}]},
        "ports": ["9090/http"],
        "env": {"GALLERY_PASSWORD": "hidden"},
    }


@pytest.mark.parametrize(("status", "bills"), [("RUNNING", True), ("EXITED", False), ("ERROR", True), ("NEW", True)])
def test_the_status_decides_whether_money_runs(server: FakeServer, runpod: RunPod, status: str, bills: bool) -> None:
    """A stopped pod was seen with a price, and a word that is new counts as billing."""
    server.says("GET", "/v2/pods/a", {**POD, "status": status, "cost": 0.72})

    pod = runpod.pod("a")

    assert pod
    assert pod.may_bill is bills
