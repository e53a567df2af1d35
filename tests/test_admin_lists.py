"""The lists of the admin: as many questions for many rows as for few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from albums.models import Album, AlbumPhoto
from generation.tests.factories import (
    MadePhotoFactory,
    SessionFactory,
    StepFactory,
    TemplateFactory,
    WordListFactory,
)
from models_catalog.tests.factories import ModelFactory
from photos.tests.factories import IncomingUploadFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def _alternative() -> None:
    StepFactory().alternatives.create(image=MadePhotoFactory())


def _album_photo() -> None:
    AlbumPhoto.objects.create(album=Album.objects.create(name="Alps"), photo=PhotoFactory(), position=1)


ROWS: dict[str, Callable[[], Any]] = {
    "photos/photo": PhotoFactory,
    "photos/incomingupload": IncomingUploadFactory,
    "albums/album": lambda: Album.objects.create(name="Alps"),
    "albums/albumphoto": _album_photo,
    "generation/generationsession": SessionFactory,
    "generation/generationstep": StepFactory,
    "generation/stepalternative": _alternative,
    "generation/prompttemplate": TemplateFactory,
    "generation/wordlist": WordListFactory,
    "models_catalog/model": ModelFactory,
}


@pytest.mark.parametrize("name", ROWS)
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(owner_client: Client, name: str) -> None:
    """Whatever a row shows of other rows comes with it."""
    ROWS[name]()
    owner_client.get(f"/admin/{name}/")
    few = _questions(owner_client, name)
    for _ in range(4):
        ROWS[name]()

    assert _questions(owner_client, name) == few


def _questions(client: Client, name: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"/admin/{name}/").status_code == 200
    return len(asked)
