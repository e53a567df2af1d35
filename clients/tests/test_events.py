"""Socket messages, their backlog, and the stream over a real websocket."""

import base64
import json
import subprocess
import sys
from typing import Any

import pytest

from clients.errors import RemoteUnreachable
from clients.invokeai import Event, EventStream, ItemChanged, ItemsCanceled, ModelLoading, PictureMade, Progress
from clients.invokeai.backlog import Backlog
from clients.invokeai.messages import events_of
from clients.tests.server import FakeServer, Socket, running

JPEG = b"\xff\xd8\xff\xe0 small"
URL = f"data:image/jpeg;base64,{base64.b64encode(JPEG).decode()}"
ITEM = {"item_id": 11, "batch_id": "batch-1", "queue_id": "default", "user_id": "system", "session_id": "session-11"}
PROGRESS = ITEM | {"percentage": 0.5, "message": "Denoising", "image": {"width": 512, "height": 768, "dataURL": URL}}
STATUS = ITEM | {"status": "in_progress", "error_type": None, "error_message": None, "status_sequence": 1}


def progress(percentage: float, preview: bytes | None = JPEG) -> Progress:
    return Progress("batch-1", 11, percentage, "Denoising", preview, 512 if preview else None, 768 if preview else None)


def changed(status: str, item_id: int = 11) -> ItemChanged:
    return ItemChanged("batch-1", item_id, status, None, None)


def taken(backlog: Backlog) -> list[Event]:
    return list(iter(lambda: backlog.take(0), None))


def test_progress_brings_the_preview() -> None:
    """The size beside the JPEG is that of the finished picture."""
    assert events_of("invocation_progress", PROGRESS) == (progress(0.5),)


@pytest.mark.parametrize("url", ["", "data:image/jpeg;base64,%%%", "data:text/html;base64,PGI+", 7])
def test_a_preview_that_is_none_is_left_out(url: object) -> None:
    """The rest of the progress still counts."""
    (event,) = events_of("invocation_progress", PROGRESS | {"image": {"dataURL": url}})

    assert isinstance(event, Progress)
    assert event.preview is None


def test_a_finished_node_names_its_picture() -> None:
    """With the id of the node in our own graph."""
    result = {"type": "image_output", "image": {"image_name": "result.png"}, "width": 512, "height": 768}
    message = ITEM | {"invocation_source_id": "out", "result": result}

    assert events_of("invocation_complete", message) == (
        PictureMade("batch-1", 11, "session-11", "out", "result.png", 512, 768),
    )


def test_a_finished_node_without_a_picture_is_no_event() -> None:
    """Most nodes make numbers and latents."""
    assert events_of("invocation_complete", ITEM | {"result": {"type": "integer_output", "value": 1}}) == ()


def test_cancelled_items_come_together() -> None:
    """Pending items of a cancelled batch get no event of their own."""
    assert events_of("queue_items_canceled", {"canceled_item_ids": [7, 8]}) == (ItemsCanceled((7, 8)),)


def test_a_loading_model_is_named() -> None:
    """Beginning and end are told apart."""
    message = {"config": {"name": "tiny"}, "submodel_type": "unet"}

    assert events_of("model_load_started", message) == (ModelLoading("tiny", done=False),)
    assert events_of("model_load_complete", message) == (ModelLoading("tiny", done=True),)


@pytest.mark.parametrize("message", [None, [], "x", {}, ITEM | {"status": 7}, STATUS | {"item_id": "11"}])
def test_a_malformed_message_is_ignored(message: object) -> None:
    """The stream must survive whatever a server sends."""
    assert events_of("queue_item_status_changed", message) == ()


def test_an_unknown_message_is_ignored() -> None:
    """InvokeAI sends many that are not for us."""
    assert events_of("download_progress", ITEM) == ()


def test_somebody_elses_message_is_ignored() -> None:
    """In multi-user mode others' messages come as redacted copies."""
    assert events_of("queue_item_status_changed", STATUS | {"user_id": "redacted"}) == ()


def test_a_doubled_event_counts_once() -> None:
    """InvokeAI 6.12 and 6.13 send administrators everything twice, progress then without its preview."""
    backlog = Backlog()
    events: list[Event] = [changed("in_progress"), progress(0.5), progress(1), changed("completed")]
    for event in events:
        backlog.put(event)
        backlog.put(progress(event.percentage or 0, None) if isinstance(event, Progress) else event)

    assert taken(backlog) == events


def test_a_full_backlog_drops_progress_first() -> None:
    """The oldest progress goes; what happened to items stays."""
    backlog = Backlog(largest=2)
    events: list[Event] = [changed("in_progress"), progress(0.1), progress(0.2), changed("completed")]
    for event in events:
        backlog.put(event)

    assert taken(backlog) == [changed("in_progress"), changed("completed")]


def test_a_backlog_full_of_changes_closes() -> None:
    """Rather than losing one silently, the stream ends, and the reader asks anew."""
    backlog = Backlog(largest=2)
    for item_id in range(3):
        backlog.put(changed("completed", item_id))

    assert len(taken(backlog)) == 2
    assert backlog.is_exhausted


def message(name: str, content: dict[str, Any]) -> str:
    return f"42{json.dumps([name, content])}"


def greet(socket: Socket) -> str:
    """Accept the connection to the namespace and return what came after it."""
    hello = socket.receive(timeout=2)
    socket.send('40{"sid":"b"}')
    subscription = socket.receive(timeout=2)
    return f"{hello} {subscription}"


def test_the_stream_subscribes_and_keeps_the_order(server: FakeServer) -> None:
    """Two hundred messages come out as they went in, and then the end of the connection is told."""
    heard: list[str] = []

    def script(socket: Socket) -> None:
        heard.append(greet(socket))
        for step in range(200):
            socket.send(message("invocation_progress", PROGRESS | {"percentage": step / 200}))
        socket.send(message("queue_item_status_changed", STATUS))

    server.socket_script = script
    with EventStream(server.url, token="s3cret", timeout=2) as stream:
        events = [stream.next(2) for _ in range(201)]
        with pytest.raises(RemoteUnreachable, match="events"):
            stream.next(2)

    assert heard == ['40{"token":"s3cret"} 42["subscribe_queue",{"queue_id":"default"}]']
    assert events == [progress(step / 200) for step in range(200)] + [changed("in_progress")]
    assert server.asked[0].path == "/ws/socket.io/"
    assert server.asked[0].query["transport"] == ["websocket"]


def test_a_message_that_cannot_be_decoded_does_not_end_the_stream(server: FakeServer) -> None:
    """The next one still arrives."""

    def script(socket: Socket) -> None:
        greet(socket)
        socket.send("42{not json")
        socket.send("49")
        socket.send(message("queue_item_status_changed", STATUS))
        server.done.wait(2)

    server.socket_script = script
    with EventStream(server.url, timeout=2) as stream:
        assert stream.next(2) == changed("in_progress")
        server.done.set()


def test_silence_is_not_a_lost_connection(server: FakeServer) -> None:
    """Nothing for a while is None."""

    def script(socket: Socket) -> None:
        greet(socket)
        server.done.wait(2)

    server.socket_script = script
    with EventStream(server.url, timeout=2) as stream:
        assert stream.next(0.05) is None
        server.done.set()


def test_a_refused_login_is_an_error(server: FakeServer) -> None:
    """Multi-user servers from 6.13 refuse sockets without a valid token."""

    def script(socket: Socket) -> None:
        socket.receive(timeout=2)
        socket.send('44{"message":"Unauthorized"}')
        server.done.wait(0.2)

    server.socket_script = script
    with pytest.raises(RemoteUnreachable), EventStream(server.url, token="old", timeout=2):
        pass


def test_a_server_without_a_socket_is_an_error(server: FakeServer) -> None:
    """A web page is no websocket."""
    with pytest.raises(RemoteUnreachable), EventStream(server.url, timeout=2):
        pass


def test_the_stream_does_not_follow_a_redirect(server: FakeServer) -> None:
    """Its token must not reach another host."""
    with running() as other:
        server.says(
            "GET", "/ws/socket.io/", {}, status=302, headers={"Location": f"{other.url.replace('http', 'ws')}/x"}
        )
        with pytest.raises(RemoteUnreachable), EventStream(server.url, token="s3cret", timeout=2):
            pass

        assert len(server.asked) == 1
        assert other.asked == []


def test_the_stream_sits_below_a_sub_path(server: FakeServer) -> None:
    """The socket's address has the same prefix as everything else."""
    with pytest.raises(RemoteUnreachable), EventStream(f"{server.url}/invoke", timeout=2):
        pass
    assert server.asked[0].path == "/invoke/ws/socket.io/"


def test_only_listeners_load_the_socket_library() -> None:
    """It takes a tenth of a second, which each process that merely asks would pay."""
    code = "import sys, clients.invokeai; sys.exit('socketio' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
