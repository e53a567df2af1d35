"""What comes out of graphs."""

import io
import json

from PIL import Image, ImageChops, ImageStat

from demo.standin import models
from demo.standin.backend import Pace
from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import Client, image_name, image_to_image, text_to_image, values


def picture_of(client: Client, name: str) -> Image.Image:
    picture = Image.open(io.BytesIO(client.get(f"/api/v1/images/i/{name}/full").content))
    picture.load()
    return picture


def distance(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def test_text_becomes_a_picture_of_the_asked_size_with_its_metadata(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image(model, width=96, height=64))

    picture = picture_of(client, image_name(item))
    metadata = json.loads(picture.info["invokeai_metadata"])
    assert picture.size == (96, 64)
    assert (metadata["seed"], metadata["positive_prompt"], metadata["own_key"]) == (7, "hills at dawn", {"job": "abc"})
    assert metadata["app_version"] == "6.14.2"
    assert json.loads(picture.info["invokeai_graph"])["nodes"]["seed"]["value"] == 7


def test_very_many_pictures_may_be_of_one_colour_each(model: Json) -> None:
    with StandIn(pace=Pace(paints=False)) as server:
        client = Client(server)
        items = client.run(text_to_image(model), data=[[values("seed", 1, 2)]])
        one, other = (picture_of(client, image_name(item)).getcolors() for item in items)

    assert one is not None
    assert len(one) == 1
    assert one != other


def test_sdxl_graphs_run_as_well(client: Client) -> None:
    (item,) = client.run(text_to_image(models.identity("Juniper XL 4", "sdxl", "main")))

    assert item["status"] == "completed"


def test_the_same_seed_gives_the_same_picture_and_another_seed_another(client: Client, model: Json) -> None:
    items = client.run(text_to_image(model), data=[[values("seed", 1, 1, 2)]])

    one, same, other = (picture_of(client, image_name(item)) for item in items)
    assert distance(one, same) == 0
    assert distance(one, other) > 10


def test_a_batch_value_reaches_the_metadata_by_its_edge(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image(model), data=[[values("prompt", "a quiet sea")]])

    found = client.json(f"/api/v1/images/i/{image_name(item)}/metadata")
    assert found["positive_prompt"] == "a quiet sea"


def test_a_weak_change_stays_near_the_picture_it_grows_from(client: Client, model: Json) -> None:
    (first,) = client.run(text_to_image(model))
    start = image_name(first)

    outcomes = [client.run(image_to_image(model, start, strength))[0] for strength in (0.1, 0.9)]
    near, far = (distance(picture_of(client, start), picture_of(client, image_name(item))) for item in outcomes)

    assert near < far


def test_noise_of_another_size_than_the_first_picture_fails(client: Client, model: Json) -> None:
    (first,) = client.run(text_to_image(model))

    (item,) = client.run(image_to_image(model, image_name(first), 0.5, width=128))

    assert item["error_type"] == "ValueError"
    assert item["error_message"].startswith("Incompatible 'noise' and 'latents' shapes")


def test_a_missing_first_picture_fails(client: Client, model: Json) -> None:
    (item,) = client.run(image_to_image(model, "gone.png", 0.5))

    assert (item["error_type"], item["error_message"]) == ("ImageRecordNotFoundException", "Image record not found")


def test_an_unknown_model_fails_when_its_turn_comes(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image({**model, "key": "nonesuch"}))

    assert item["status"] == "failed"
    assert (item["error_type"], item["error_message"]) == ("Exception", "Unknown model nonesuch")
    assert list(item["session"]["errors"].values()) == ["Exception: Unknown model nonesuch"]


def test_an_input_without_edge_fails(client: Client, model: Json) -> None:
    graph = text_to_image(model)
    graph["edges"] = [wire for wire in graph["edges"] if wire["destination"] != {"node_id": "out", "field": "vae"}]

    (item,) = client.run(graph)

    assert item["error_type"] == "RequiredConnectionException"
    assert item["error_message"] == "Node l2i missing connections for field vae"


def test_only_the_output_node_counts_and_the_picture_knows_its_item(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image(model))

    record = client.json(f"/api/v1/images/i/{image_name(item)}")
    assert record["session_id"] == item["session_id"]
    assert item["session"]["prepared_source_mapping"][record["node_id"]] == "out"


def test_a_picture_lands_on_the_board_that_exists_and_else_on_none(
    client: Client, server: StandIn, model: Json
) -> None:
    board = requests_board(client)
    names = []
    for board_id in (board, "nonesuch"):
        graph = text_to_image(model)
        graph["nodes"]["out"]["board"] = {"board_id": board_id}
        names.append(image_name(client.run(graph)[0]))

    assert [server.images.records[name].board_id for name in names] == [board, None]
    assert client.json(f"/api/v1/boards/{board}/image_names") == names[:1]


def requests_board(client: Client) -> str:
    return str(client.post("/api/v1/boards/?board_name=demo", None).json()["board_id"])
