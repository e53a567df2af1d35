"""Photos for the tests, with or without their file."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from photos.choices import RetrievalStatus, UploadStatus
from photos.files import renditions
from photos.models import IncomingUpload, Photo
from photos.tests import pictures

FIRST_MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def place_original(filename: str, content: bytes) -> str:
    """Put a file where the library keeps originals, and return its path there."""
    path = renditions.original_path(filename)
    storages["originals"].delete(path)
    return storages["originals"].save(path, ContentFile(content))


def _path(photo: Any) -> str:
    if photo.content:
        return place_original(photo.filename, photo.content)
    return renditions.original_path(photo.filename)


class PhotoFactory(factory.django.DjangoModelFactory):
    """A photograph of the library, a minute younger than the one before.

    Traits: ``generated``, ``trashed``, ``pending`` and ``failed`` (known but not fetched), ``with_file`` (a real PNG
    lies in the originals storage), ``with_thumbnail`` (the row says so; no file), ``blank`` (a browser has nothing to
    load for it: for long lists). ``content`` gives the file's bytes.
    """

    class Meta:
        model = Photo

    class Params:
        number = factory.Sequence(lambda number: number)
        content = b""
        extension = "png"
        with_file = factory.Trait(
            content=factory.LazyAttribute(lambda photo: pictures.png(photo.width, photo.height, seed=photo.number)),
            file_size=factory.LazyAttribute(lambda photo: len(photo.content)),
        )
        with_thumbnail = factory.Trait(
            local_thumbnail_path=factory.LazyAttribute(
                lambda photo: renditions.path(photo.id, photo.checksum, renditions.GRID)
            )
        )
        generated = factory.Trait(
            is_generated=True,
            generation_prompt=factory.Sequence(lambda number: f"a fox in the snow, number {number}"),
            generation_negative_prompt="blurry",
            generation_params={"seed": 42, "steps": 30, "cfg_scale": 7.5, "scheduler": "euler"},
            model_key="00000000-0000-4000-8000-000000000001",
            model_name="Stand-in SDXL",
        )
        trashed = factory.Trait(deleted_at=FIRST_MOMENT)
        blank = factory.Trait(mime_type="image/tiff")
        pending = factory.Trait(
            is_generated=True,
            retrieval_status=RetrievalStatus.PENDING,
            server="http://localhost:9090",
            invoke_id=factory.LazyAttribute(lambda photo: f"{photo.id}.png"),
            local_storage_path=None,
            checksum=None,
            file_size=0,
        )
        failed = factory.Trait(
            pending=True,
            retrieval_status=RetrievalStatus.FAILED,
            retrieval_error="The picture is gone from the server.",
        )

    id = factory.LazyFunction(uuid.uuid4)
    filename = factory.LazyAttribute(lambda photo: f"{photo.id.hex}.{photo.extension}")
    original_name = factory.LazyAttribute(lambda photo: f"IMG_{photo.number:04}.{photo.extension}")
    width = 12
    height = 8
    file_size = 1234
    mime_type = "image/png"
    taken_at = factory.LazyAttribute(lambda photo: FIRST_MOMENT + timedelta(minutes=photo.number))
    checksum = factory.LazyAttribute(lambda photo: hashlib.sha256(photo.content or photo.filename.encode()).hexdigest())
    local_storage_path = factory.LazyAttribute(_path)


class IncomingUploadFactory(factory.django.DjangoModelFactory):
    """A file that was handed in and waits. ``content`` gives its bytes; the file lies in the incoming storage."""

    class Meta:
        model = IncomingUpload

    class Params:
        content = factory.Sequence(lambda number: pictures.png(seed=number))

    id = factory.LazyFunction(uuid.uuid4)
    original_name = factory.Sequence(lambda number: f"IMG_{number:04}.png")
    file_size = factory.LazyAttribute(lambda upload: len(upload.content))
    checksum = factory.LazyAttribute(lambda upload: hashlib.sha256(upload.content).hexdigest())
    path = factory.LazyAttribute(lambda upload: storages["incoming"].save(upload.id.hex, ContentFile(upload.content)))
    status = UploadStatus.RECEIVED
