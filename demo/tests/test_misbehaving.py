"""Every fault does what it says, as often as it says."""

import io

import pytest
import requests
from PIL import Image

from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.standin.switches import ALWAYS
from demo.tests.asking import QUEUE, Client, image_name, text_to_image

VERSION = "/api/v1/app/version"


@pytest.fixture
def name(client: Client, model: Json) -> str:
    return image_name(client.run(text_to_image(model))[0])


def test_connections_are_cut_as_often_as_told(client: Client, server: StandIn) -> None:
    server.misbehave(refuse=2)

    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            client.get(VERSION)
    assert client.get(VERSION).status_code == 200


def test_a_fault_can_be_bound_to_an_address(client: Client, server: StandIn) -> None:
    server.misbehave(path="/models/", unavailable=ALWAYS)

    assert client.get("/api/v2/models/").status_code == 503
    assert client.get(VERSION).status_code == 200


def test_html_may_come_instead_of_an_answer(client: Client, server: StandIn) -> None:
    server.misbehave(html=1)

    assert client.get(VERSION).headers["Content-Type"].startswith("text/html")


def test_json_may_be_cut_short(client: Client, server: StandIn) -> None:
    server.misbehave(truncated_json=1)

    with pytest.raises(requests.JSONDecodeError):
        client.get(VERSION).json()


def test_an_enqueue_answer_may_be_lost_though_the_batch_was_taken(client: Client, server: StandIn) -> None:
    server.misbehave(lost_enqueue_answers=1)

    with pytest.raises(requests.ConnectionError):
        client.enqueue(batch_id="b1")
    assert client.status("b1")["total"] == 1


def test_answers_may_be_slow(client: Client, server: StandIn) -> None:
    server.misbehave(delay=0.2)

    with pytest.raises(requests.Timeout):
        requests.get(server.url + VERSION, timeout=0.05)


def test_a_picture_may_break_off(client: Client, server: StandIn, name: str) -> None:
    server.misbehave(truncated_image=1)

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.get(f"/api/v1/images/i/{name}/full")


@pytest.mark.parametrize("fault", ["half_png", "corrupt_png"])
def test_a_picture_may_be_damaged(client: Client, server: StandIn, name: str, fault: str) -> None:
    server.misbehave(**{fault: 1})
    answers = [client.get(f"/api/v1/images/i/{name}/full").content for _ in range(2)]

    with pytest.raises((OSError, SyntaxError)):
        Image.open(io.BytesIO(answers[0])).load()
    Image.open(io.BytesIO(answers[1])).load()


def test_a_pictures_file_may_be_missing_though_its_record_is_there(client: Client, server: StandIn, name: str) -> None:
    server.misbehave(missing_image=ALWAYS)

    assert client.get(f"/api/v1/images/i/{name}/full").status_code == 404
    assert client.get(f"/api/v1/images/i/{name}").status_code == 200


def test_batches_may_be_forgotten(client: Client, server: StandIn) -> None:
    client.run(batch_id="b1")
    server.misbehave(forget_batches=True)

    assert client.status("b1")["total"] == 0
    assert client.get(f"{QUEUE}/i/1").status_code == 404


def test_items_may_fail_for_want_of_memory(client: Client, server: StandIn, model: Json) -> None:
    server.misbehave(fail_items=1)

    first, second = client.run(text_to_image(model), runs=2)

    assert (first["status"], first["error_type"]) == ("failed", "OutOfMemoryError")
    assert second["status"] == "completed"


def test_a_misspelt_fault_is_told(server: StandIn) -> None:
    with pytest.raises(TypeError):
        server.misbehave(unavailible=1)
