"""Records, bytes and uploads."""

import hashlib
import io

import pytest
from PIL import Image

from clients.errors import RemoteRejected, RemoteUnreachable
from clients.invokeai import Download, InvokeAI
from clients.tests.server import PAGE, FakeServer, recorded

IMAGES = "/api/v1/images"
FULL = f"{IMAGES}/i/result.png/full"


@pytest.fixture
def png() -> bytes:
    """A real picture, small."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, "PNG")
    return file.getvalue()


def test_an_image_is_described(server: FakeServer, invoke: InvokeAI) -> None:
    """Its session leads back to the queue item."""
    server.says("GET", f"{IMAGES}/i/result.png", recorded("image"))

    image = invoke.images.get("result.png")

    assert image is not None
    assert (image.name, image.width, image.height, image.session_id) == ("result.png", 512, 768, "session-11")


def test_an_image_that_was_deleted_is_none(server: FakeServer, invoke: InvokeAI) -> None:
    """Users of InvokeAI delete pictures at any time."""
    server.says("GET", f"{IMAGES}/i/gone.png", {"detail": "Not Found"}, status=404)

    assert invoke.images.get("gone.png") is None


def test_a_name_cannot_leave_its_place(server: FakeServer, invoke: InvokeAI) -> None:
    """Names are quoted, slashes too."""
    with pytest.raises(RemoteUnreachable):
        invoke.images.get("../../x?y")
    assert server.asked[0].path == f"{IMAGES}/i/..%2F..%2Fx%3Fy"


@pytest.mark.parametrize("metadata", [{"seed": 42}, None])
def test_metadata_is_an_object_or_nothing(server: FakeServer, invoke: InvokeAI, metadata: object) -> None:
    """A picture without metadata answers null with 200."""
    server.says("GET", f"{IMAGES}/i/result.png/metadata", metadata)

    assert invoke.images.metadata("result.png") == metadata


def test_a_download_is_hashed_and_counted(server: FakeServer, invoke: InvokeAI, png: bytes) -> None:
    """It is asked for uncompressed, so that the announced length can be compared."""
    server.says("GET", FULL, png, headers={"Content-Type": "image/png"})
    file = io.BytesIO()

    written = invoke.images.download("result.png", file, max_bytes=10_000)

    assert written == Download(sha256=hashlib.sha256(png).hexdigest(), size=len(png))
    assert file.getvalue() == png
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_a_download_that_breaks_off_is_an_error(server: FakeServer, invoke: InvokeAI, png: bytes) -> None:
    """Fewer bytes came than were announced."""
    server.says("GET", FULL, png[:-20], headers={"Content-Type": "image/png"}, promised=len(png))

    with pytest.raises(RemoteUnreachable):
        invoke.images.download("result.png", io.BytesIO(), max_bytes=10_000)


@pytest.mark.parametrize("cut", [slice(None, -20), slice(0, 5), slice(3, None), slice(0, 0)])
def test_what_is_not_a_whole_png_is_an_error(server: FakeServer, invoke: InvokeAI, png: bytes, cut: slice) -> None:
    """Without an honest length, beginning and end of the file tell."""
    server.says("GET", FULL, png[cut], headers={"Content-Type": "image/png"})

    with pytest.raises(RemoteUnreachable):
        invoke.images.download("result.png", io.BytesIO(), max_bytes=10_000)


def test_a_page_instead_of_a_picture_writes_nothing(server: FakeServer, invoke: InvokeAI) -> None:
    """A proxy's page must not become a file."""
    server.says("GET", FULL, PAGE, headers={"Content-Type": "text/html"})
    file = io.BytesIO()

    with pytest.raises(RemoteUnreachable, match="not as InvokeAI"):
        invoke.images.download("result.png", file, max_bytes=10_000)
    assert file.getvalue() == b""


def test_a_download_has_a_limit(server: FakeServer, invoke: InvokeAI, png: bytes) -> None:
    """Nothing beyond the limit is written."""
    server.says("GET", FULL, png, headers={"Content-Type": "image/png"})
    file = io.BytesIO()

    with pytest.raises(RemoteRejected, match="larger than the limit"):
        invoke.images.download("result.png", file, max_bytes=20)
    assert len(file.getvalue()) <= 20


def test_a_picture_that_is_gone_is_a_refusal(server: FakeServer, invoke: InvokeAI) -> None:
    """The status tells it from other refusals."""
    server.says("GET", FULL, {"detail": "Not Found"}, status=404)

    with pytest.raises(RemoteRejected) as caught:
        invoke.images.download("result.png", io.BytesIO(), max_bytes=20)
    assert caught.value.status == 404


def test_an_upload_names_its_type(server: FakeServer, invoke: InvokeAI, png: bytes) -> None:
    """InvokeAI refuses a part that is not declared as an image."""
    server.says("POST", f"{IMAGES}/upload", recorded("image"), status=201)

    record = invoke.images.upload(io.BytesIO(png), "init.png", category="mask")

    assert record.name == "result.png"
    assert server.asked[0].query == {"image_category": ["mask"], "is_intermediate": ["true"]}
    assert b"Content-Type: image/png" in server.asked[0].body
    assert png in server.asked[0].body


def test_pictures_are_found_by_what_is_embedded(server: FakeServer, invoke: InvokeAI) -> None:
    """The term is compact JSON, pages are followed, and uploads of earlier results are not taken for results."""
    first, second = recorded("image"), recorded("image") | {"image_name": "next.png"}
    server.says("GET", f"{IMAGES}/", {"items": [first], "offset": 0, "limit": 100, "total": 101})
    server.says("GET", f"{IMAGES}/", {"items": [first, second], "offset": 100, "limit": 100, "total": 101})

    found = invoke.images.find_by_metadata("gallery_job", "ab-12")

    assert [record.name for record in found] == ["result.png", "next.png"]
    assert server.asked[0].query["search_term"] == ['"gallery_job":"ab-12"']
    assert server.asked[0].query["image_origin"] == ["internal"]
    assert server.asked[1].query["offset"] == ["100"]


def test_a_page_holds_what_the_gallery_shows_oldest_first(server: FakeServer, invoke: InvokeAI) -> None:
    """So that what is made meanwhile comes at the end."""
    made, brought = recorded("image") | {"board_id": "b1"}, recorded("image") | {"image_origin": "external"}
    server.says("GET", f"{IMAGES}/", {"items": [made, brought], "offset": 200, "limit": 2, "total": 202})

    page = invoke.images.page(offset=200, limit=2)

    assert (page.total, [image.is_upload for image in page.images]) == (202, [False, True])
    assert page.images[0].board_id == "b1"
    assert server.asked[0].query == {
        "is_intermediate": ["false"],
        "starred_first": ["false"],
        "order_dir": ["ASC"],
        "offset": ["200"],
        "limit": ["2"],
    }


def test_all_boards_are_listed(server: FakeServer, invoke: InvokeAI) -> None:
    """Without ``all`` the server wants a range."""
    server.says("GET", "/api/v1/boards/", [{"board_id": "b1", "board_name": "Foxes", "archived": True}])

    assert [(board.board_id, board.name) for board in invoke.boards.all()] == [("b1", "Foxes")]
    assert server.asked[0].query["all"] == ["true"]
