"""Stops, restarts and what is kept."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from demo.standin.backend import Pace
from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import QUEUE, Client, image_name, text_to_image


def test_a_stopped_server_refuses_and_comes_back_on_its_port(client: Client, server: StandIn) -> None:
    client.run(batch_id="b1")
    server.stop()

    with pytest.raises(requests.ConnectionError):
        client.get("/api/v1/app/version")
    server.start()
    assert client.status("b1")["completed"] == 1


def test_work_may_go_on_while_only_the_network_is_down(client: Client, server: StandIn) -> None:
    server.pause()
    client.enqueue(batch_id="b1")
    server.stop(keep_working=True)
    server.resume()
    server.wait_until_idle()
    server.start()

    assert client.status("b1")["completed"] == 1


def test_a_restart_cancels_what_runs_and_goes_on_with_what_waits(model: Json) -> None:
    with StandIn(pace=Pace(seconds_per_step=5)) as server:
        client = Client(server)
        client.enqueue(text_to_image(model), batch_id="b1", runs=2)
        server.wait_until(lambda: server.queue.current() is not None)
        server.backend.pace = Pace()
        server.restart()
        server.wait_until_idle()

        assert [item.status for item in server.queue.items.values()] == ["canceled", "completed"]
        assert server.queue.items[1].error_type is None


def test_servers_before_6_forget_finished_items_at_a_restart(client: Client, server: StandIn) -> None:
    client.enqueue(batch_id="b1")
    server.wait_until_idle()
    server.pretend_version("5.15.0")
    server.restart()

    assert client.status("b1")["total"] == 0


def test_a_folder_keeps_pictures_and_queue(tmp_path: Path, model: Json) -> None:
    with StandIn(folder=tmp_path) as server:
        (item,) = Client(server).run(text_to_image(model), batch_id="b1")
        content = Client(server).get(f"/api/v1/images/i/{image_name(item)}/full").content
    with StandIn(folder=tmp_path) as server:
        client = Client(server)

        assert client.get(f"/api/v1/images/i/{image_name(item)}/full").content == content
        assert client.json(f"{QUEUE}/i/1") == item
        assert client.enqueue().json()["item_ids"] == [2]


def test_the_command_stops_cleanly_when_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "demo.standin", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        version = requests.get(f"{address}/api/v1/app/version", timeout=5).json()
        process.terminate()

        assert version == {"version": "6.14.2"}
        assert process.wait(10) == 0
