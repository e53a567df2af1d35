"""Masks are kept once, shown as they were painted, turned about for the server, and removed when nobody needs them."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from generation.asking import masks
from generation.tests.factories import StepFactory
from lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of masks of this test alone."""
    monkeypatch.setattr(storages["masks"], "_location", str(tmp_path), raising=False)
    for name in ("base_location", "location"):
        storages["masks"].__dict__.pop(name, None)
    return tmp_path


def painted(size: tuple[int, int] = (64, 48), box: tuple[int, int, int, int] = (0, 0, 32, 48)) -> bytes:
    """Return a mask with one white part, as a browser sends it."""
    picture = Image.new("RGBA", size, "black")
    picture.paste("white", box)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def test_the_same_mask_is_stored_once(folder: Path) -> None:
    """It is named by what is in it."""
    assert masks.keep(painted()) == masks.keep(painted())
    assert len(list(folder.glob("*.png"))) == 1


def test_the_server_gets_black_where_it_paints_anew() -> None:
    """And the mask has the size of the picture it is for."""
    name = masks.keep(painted())

    with Image.open(io.BytesIO(masks.for_server(name, 128, 96))) as sent:
        assert (sent.mode, sent.size) == ("L", (128, 96))
        assert (sent.getpixel((10, 50)), sent.getpixel((120, 50))) == (0, 255)


def test_a_mask_that_is_made_larger_reaches_no_further() -> None:
    """But for the width of one painted pixel: what stays black must stay exact."""
    name = masks.keep(painted())

    with Image.open(io.BytesIO(masks.for_server(name, 640, 480))) as sent:
        assert sent.crop((340, 0, 640, 480)).getextrema() == (255, 255)


def test_a_mask_comes_in_and_goes_out_as_it_was_painted(owner_client: Client) -> None:
    """The painter opens it again to change it."""
    answer = owner_client.post("/generate/masks/", {"mask": SimpleUploadedFile("mask.png", painted())})

    kept = answer.json()
    assert answer.status_code == 201
    assert owner_client.get(kept["url"]).content == painted()
    assert masks.is_kept(kept["name"])


@pytest.mark.parametrize("content", [b"", b"GIF89a", painted()[:60], painted((5000, 10))])
def test_what_is_no_mask_is_refused_with_a_sentence(owner_client: Client, folder: Path, content: bytes) -> None:
    """Nothing is stored of it."""
    answer = owner_client.post("/generate/masks/", {"mask": SimpleUploadedFile("mask.png", content)})

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    assert not list(folder.glob("*.png"))


def test_only_a_masks_own_name_opens_a_file() -> None:
    """No other file of the library is read through it."""
    with pytest.raises(FileNotFoundError):
        masks.read("../gallery.sqlite3")
    assert not masks.is_kept("../gallery.sqlite3")


def test_an_old_mask_goes_when_no_step_uses_it(folder: Path) -> None:
    """A new one may belong to a draft, and one in use is part of a request that can be repeated."""
    used, unused, new = (masks.keep(painted(box=(0, 0, side, side))) for side in (1, 2, 3))
    step = StepFactory()
    step.parameters["mask"] = used
    step.save(update_fields=["parameters"])
    long_ago = (clock.now() - timedelta(days=31)).timestamp()
    for name in (used, unused):
        os.utime(folder / name, (long_ago, long_ago))

    assert masks.sweep(now=clock.now()) == 1
    assert {path.name for path in folder.glob("*.png")} == {used, new}
