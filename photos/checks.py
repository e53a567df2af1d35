"""Mistakes in the set-up that would cost pictures, told at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.files.storage import FileSystemStorage, storages
from PIL import features

ALIASES = ("originals", "thumbnails", "incoming")


@register()
def pillow_knows_the_formats(**_: Any) -> list[CheckMessage]:
    """Check that Pillow was built with the formats we need."""
    missing = [name for name in ("webp", "jpg", "zlib", "avif") if not features.check(name)]
    if not missing:
        return []
    hint = "Install Pillow from its wheel: pip install --force-reinstall pillow"
    return [Error(f"Pillow was built without {', '.join(missing)}.", hint=hint, id="photos.E001")]


@register()
def storages_are_there(**_: Any) -> list[CheckMessage]:
    """Check that each kind of file has a storage."""
    missing = [alias for alias in ALIASES if alias not in settings.STORAGES]
    return [Error(f"STORAGES has no “{alias}”.", id="photos.E002") for alias in missing]


@register()
def storages_are_apart(**_: Any) -> list[CheckMessage]:
    """Check that no two kinds of files share a folder: emptying one would empty the other."""
    found = [storages[alias] for alias in ALIASES if alias in settings.STORAGES]
    folders = [storage.location for storage in found if isinstance(storage, FileSystemStorage)]
    if len(set(folders)) == len(folders):
        return []
    return [Error("Originals, thumbnails and incoming files need a folder each.", id="photos.E003")]
