"""Pictures on the server."""

import io

import pytest
import requests
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from demo.standin.errors import Json
from demo.standin.running import StandIn
from demo.tests.asking import Client, image_name, text_to_image, values


def upload(
    client: Client, content: bytes, kind: str = "image/png", query: str = "image_category=user&is_intermediate=true"
) -> requests.Response:
    url = f"{client.server.url}/api/v1/images/upload?{query}"
    return requests.post(url, files={"file": ("a.png", content, kind)}, timeout=5)


def encoded(format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, format_, **options)
    return out.getvalue()


def test_a_range_is_not_answered(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image(model))
    url = f"{client.server.url}/api/v1/images/i/{image_name(item)}/full"

    answer = requests.get(url, headers={"Range": "bytes=0-9"}, timeout=5)

    assert answer.status_code == 200
    assert len(answer.content) > 10
    assert answer.headers["Content-Disposition"] == f'inline; filename="{image_name(item)}"'


def test_a_thumbnail_is_webp_of_at_most_256_pixels(client: Client, model: Json) -> None:
    (item,) = client.run(text_to_image(model, width=512, height=256))

    answer = client.get(f"/api/v1/images/i/{image_name(item)}/thumbnail")

    assert answer.headers["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).size == (256, 128)


@pytest.mark.parametrize("part", ["", "/full", "/metadata", "/thumbnail", "/workflow"])
def test_an_unknown_picture_is_404(client: Client, part: str) -> None:
    answer = client.get(f"/api/v1/images/i/nope.png{part}")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_an_upload_becomes_png(client: Client) -> None:
    answer = upload(client, encoded("JPEG"), "image/jpeg")
    record = answer.json()

    full = client.get(f"/{record['image_url']}").content
    assert answer.status_code == 201
    assert (record["width"], record["height"], record["image_origin"]) == (40, 30, "external")
    assert full.startswith(b"\x89PNG")
    assert client.json(f"/api/v1/images/i/{record['image_name']}/metadata") is None


def test_of_an_uploads_text_only_invokeais_own_survives(client: Client) -> None:
    texts = PngInfo()
    texts.add_text("parameters", "a fox")
    texts.add_text("invokeai_metadata", '{"seed":3}')

    name = upload(client, encoded("PNG", pnginfo=texts)).json()["image_name"]

    kept = Image.open(io.BytesIO(client.get(f"/api/v1/images/i/{name}/full").content)).info
    assert "parameters" not in kept
    assert kept["invokeai_metadata"] == '{"seed":3}'


@pytest.mark.parametrize(
    ("content", "kind", "query", "status"),
    [
        (b"no picture", "image/png", "image_category=user&is_intermediate=true", 415),
        (b"no picture", "text/plain", "image_category=user&is_intermediate=true", 415),
        (b"no picture", "image/png", "image_category=user", 422),
        (b"no picture", "image/png", "image_category=user&is_intermediate=true&board_id=nope", 415),
    ],
)
def test_a_bad_upload_is_refused(client: Client, content: bytes, kind: str, query: str, status: int) -> None:
    assert upload(client, content, kind, query).status_code == status


def test_pictures_are_found_by_a_piece_of_their_metadata(client: Client, model: Json) -> None:
    items = client.run(text_to_image(model), data=[[values("prompt", "A Fox", "an owl")]])

    found = client.json("/api/v1/images/", search_term='"positive_prompt":"a fox"')

    assert [record["image_name"] for record in found["items"]] == [image_name(items[0])]


def test_starred_pictures_come_first_unless_told_otherwise(client: Client, model: Json) -> None:
    items = client.run(text_to_image(model), data=[[values("seed", 1, 2)]])
    older, newer = (image_name(item) for item in items)
    client.post("/api/v1/images/star", {"image_names": [older]})

    assert client.json("/api/v1/images/names")["image_names"] == [older, newer]
    assert client.json("/api/v1/images/names", starred_first=False)["image_names"] == [newer, older]


def test_pages_have_an_offset_and_a_limit(client: Client, model: Json) -> None:
    items = client.run(text_to_image(model), data=[[values("seed", 1, 2, 3)]])

    page = client.json("/api/v1/images/", offset=1, limit=1, is_intermediate=False)

    assert (page["total"], page["limit"], page["offset"]) == (3, 1, 1)
    assert page["items"][0]["image_name"] == image_name(items[1])


def test_a_deleted_picture_is_gone_for_good(client: Client, server: StandIn) -> None:
    (item,) = client.run()
    url = f"{server.url}/api/v1/images/i/{image_name(item)}"

    assert requests.delete(url, timeout=5).json()["deleted_images"] == [image_name(item)]
    assert requests.delete(url, timeout=5).json() == {"detail": "Image not found"}
