"""What is told over the socket."""

import base64
import io
import threading
from collections.abc import Iterator

import pytest
import socketio
from PIL import Image

from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import QUEUE, Client, image_name, text_to_image


class Listener:
    """Collects events."""

    def __init__(self, server: StandIn) -> None:
        self.server = server
        self.seen: list[tuple[str, Json]] = []
        self.arrived = threading.Condition()
        self.client = socketio.Client(reconnection=False)
        self.client.on("*", self.note)

    def connect(self) -> None:
        self.client.connect(self.server.url, socketio_path="/ws/socket.io", transports=["websocket"], wait_timeout=5)
        self.client.emit("subscribe_queue", {"queue_id": "default"})
        self.server.wait_until(lambda: self.server.backend.announcer.listeners > 0)

    def note(self, event: str, payload: Json) -> None:
        with self.arrived:
            self.seen.append((event, payload))
            self.arrived.notify_all()

    def wait_for(self, event: str, **wanted: object) -> Json:
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.all(event, **wanted), timeout=5), self.names()
        return self.all(event, **wanted)[0]

    def all(self, event: str, **wanted: object) -> list[Json]:
        return [told for name, told in self.seen if name == event and wanted.items() <= told.items()]

    def names(self) -> list[str]:
        return [name for name, _ in self.seen]


@pytest.fixture
def listener(server: StandIn) -> Iterator[Listener]:
    listening = Listener(server)
    listening.connect()
    yield listening
    listening.client.disconnect()


def test_a_finished_item_was_told_from_beginning_to_end(client: Client, listener: Listener, model: Json) -> None:
    (item,) = client.run(text_to_image(model))
    done = listener.wait_for("queue_item_status_changed", status="completed")

    statuses = [told["status"] for told in listener.all("queue_item_status_changed")]
    result = listener.all("invocation_complete", invocation_source_id="out")[0]["result"]
    assert listener.names()[0] == "batch_enqueued"
    assert statuses == ["in_progress", "completed"]
    assert result["image"]["image_name"] == image_name(item)
    assert done["batch_status"]["completed"] == 1


def test_previews_clear_up_with_the_steps(client: Client, listener: Listener, model: Json) -> None:
    client.run(text_to_image(model, width=256, height=128))
    listener.wait_for("queue_item_status_changed", status="completed")

    told = listener.all("invocation_progress", message="Denoising")
    picture = Image.open(io.BytesIO(base64.b64decode(told[-1]["image"]["dataURL"].split(",")[1])))
    assert [part["percentage"] for part in told] == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert (told[0]["image"]["width"], told[0]["image"]["height"]) == (256, 128)
    assert picture.size == (32, 16)


def test_an_error_is_told_after_the_failed_status(
    client: Client, listener: Listener, server: StandIn, model: Json
) -> None:
    server.misbehave(fail_items=1)
    client.run(text_to_image(model))
    listener.wait_for("invocation_error", error_type="OutOfMemoryError")

    names = [name for name, told in listener.seen if name == "invocation_error" or told.get("status") == "failed"]
    assert names == ["queue_item_status_changed", "invocation_error"]


def test_pending_items_are_canceled_by_one_event(client: Client, listener: Listener, server: StandIn) -> None:
    server.pause()
    client.enqueue(batch_id="b1", runs=2)
    client.put(f"{QUEUE}/cancel_by_batch_ids", {"batch_ids": ["b1"]})

    assert listener.wait_for("queue_items_canceled")["canceled_item_ids"] == [1, 2]
    assert listener.all("queue_item_status_changed") == []


def test_events_may_come_twice(client: Client, listener: Listener, server: StandIn) -> None:
    server.misbehave(duplicate_events=True)
    client.run()
    listener.wait_for("queue_item_status_changed", status="completed")

    assert len(listener.all("batch_enqueued")) == 2


def test_a_silent_socket_tells_nothing(client: Client, listener: Listener, server: StandIn) -> None:
    server.misbehave(silent_socket=True)
    client.run()
    server.behave()
    client.enqueue(origin="later")
    listener.wait_for("batch_enqueued", origin="later")

    assert len(listener.all("batch_enqueued")) == 1


def test_a_dropped_socket_may_come_back(client: Client, listener: Listener, server: StandIn) -> None:
    server.drop_sockets()
    listener.client.wait()
    again = Listener(server)
    again.connect()
    client.run()

    assert again.wait_for("queue_item_status_changed", status="completed")
    again.client.disconnect()


def test_a_socket_may_be_refused(server: StandIn) -> None:
    server.misbehave(refuse_socket=True)

    with pytest.raises(socketio.exceptions.ConnectionError):
        Listener(server).connect()
