"""Bring the picture and the mask that a step grows from to its server: once, and again when the server lost them."""

import io
import logging

from django.core.files.storage import storages
from django.db import IntegrityError
from PIL import Image

from clients.invokeai import InvokeAI
from generation.asking import masks
from generation.choices import Mode
from generation.graphs import Uploads
from generation.models import SourceUpload
from generation.recipes.recipe import Recipe, SourcePicture
from photos.files import storing
from photos.imaging import shaping
from photos.imaging.decoding import Refused, opened
from photos.models import Photo

log = logging.getLogger(__name__)

GONE = "The picture to begin with is not in the library any more. Choose another."
IN_TRASH = "The picture to begin with is in the trash. Put it back, or choose another."
NOT_HERE = "The picture to begin with has not been fetched yet. Ask again when it is here, or choose another."
NO_FILE = "The file of the picture to begin with is missing from the library. Choose another picture."
UNREADABLE = "The picture to begin with cannot be used. {reason}"
OTHER_SIZE = "The picture to begin with has another size by now. Choose it again."
NO_MASK = "The mask is not kept any more. Paint it again."


class Unusable(Exception):
    """A step cannot grow from what it names; the message is a sentence for the owner."""


def bring(recipe: Recipe, server: str, client: InvokeAI) -> Uploads:
    """Return what the server calls the recipe's picture and mask, having sent what it did not have.

    Raises:
        Unusable: the picture or the mask cannot be had.
        RemoteError: the server could not be asked, or did not take them.
    """
    if recipe.source is None:
        return Uploads()
    photo = _usable(Photo.objects.filter(pk=recipe.source.photo).first())
    name = _known(photo, recipe.source, server, client) or _sent(photo, recipe.source, server, client)
    return Uploads(name, _mask(recipe, recipe.source, client) if recipe.mode == Mode.INPAINT else "")


def _usable(photo: Photo | None) -> Photo:
    if photo is None or photo.purged_at:
        raise Unusable(GONE)
    if photo.in_trash:
        raise Unusable(IN_TRASH)
    if not photo.is_here:
        raise Unusable(NOT_HERE)
    return photo


def _known(photo: Photo, source: SourcePicture, server: str, client: InvokeAI) -> str:
    """Return a name under which the server still has the picture; empty when it has none."""
    names = SourceUpload.objects.filter(server=server, photo=photo).values_list("image_name", flat=True)
    made_there = [photo.invoke_id] if photo.server == server and photo.invoke_id else []
    for name in [*names, *made_there]:
        record = client.images.get(name)
        if record and (record.width, record.height) == (source.width, source.height):
            return name
    return ""


def _sent(photo: Photo, source: SourcePicture, server: str, client: InvokeAI) -> str:
    record = client.images.upload(_prepared(photo, source), f"{photo.pk.hex}.png")
    try:
        SourceUpload.objects.update_or_create(server=server, photo=photo, defaults={"image_name": record.name})
    except IntegrityError:  # gone for good meanwhile: nothing to remember
        log.info("photo %s: sent and not remembered", photo.pk)
    return record.name


def _prepared(photo: Photo, source: SourcePicture) -> bytes:
    """Return the picture as it is looked at: upright, in the colours of screens, on white where it is transparent."""
    try:
        with storing.local_copy(storages["originals"], photo.local_storage_path or "") as path, opened(path) as image:
            picture = shaping.to_srgb(shaping.upright(shaping.smoothed(image)))
    except FileNotFoundError as error:
        raise Unusable(NO_FILE) from error
    except Refused as refusal:
        raise Unusable(UNREADABLE.format(reason=refusal)) from refusal
    except OSError as error:
        raise Unusable(UNREADABLE.format(reason="It is damaged or cut off.")) from error
    if picture.size != (source.width, source.height):
        raise Unusable(OTHER_SIZE)
    return _png(_opaque(picture))


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _png(picture: Image.Image) -> bytes:
    """Return the picture's file without the texts it came with; packed lightly, since time counts more here."""
    content = io.BytesIO()
    picture.info.clear()
    picture.save(content, "PNG", compress_level=1)
    return content.getvalue()


def _mask(recipe: Recipe, source: SourcePicture, client: InvokeAI) -> str:
    try:
        content = masks.for_server(recipe.mask, source.width, source.height)
    except FileNotFoundError as error:
        raise Unusable(NO_MASK) from error
    return client.images.upload(content, "mask.png", category="mask").name
