"""HEIC and HEIF, the pictures of telephones: read by a library of its own, where there is one for the machine."""

import logging
from pathlib import Path
from typing import Any

from PIL import Image

from photos.imaging import strips

log = logging.getLogger(__name__)

try:
    import pillow_heif
except ImportError:  # not built for every machine
    pillow_heif = None  # type: ignore[assignment]

CAN_READ = pillow_heif is not None
# What Pillow can make smaller as it stands in memory.
PLAIN_MODES = {"RGB", "RGBA", "L"}


def teach_pillow() -> bool:
    """Let Pillow open HEIF files, the first picture of each; tell whether that is possible here."""
    if not CAN_READ:
        log.warning("HEIC pictures cannot be read: pillow-heif is not installed.")
        return False
    # Previews and depth maps inside would only cost memory; one thread, since several files are read at once.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return True


def decode(path: Path) -> tuple[int, int]:
    """Decode every pixel of the first picture and return its width and height.

    Pillow would make a copy of them, four bytes each: a telephone's picture would take half as much memory again.
    """
    first = _first(path)
    _ = first.data
    return first.size[0], first.size[1]


def reduced(path: Path, factor: int) -> Image.Image | None:
    """Return the first picture with one pixel for ``factor`` by ``factor``, made strip by strip for the same reason.

    None when its pixels are such that Pillow has to see them all.
    """
    first = _first(path)
    if first.mode not in PLAIN_MODES:
        return None
    pixels, mode, stride = memoryview(first.data), first.mode, first.stride

    def rows(top: int, below: int) -> Image.Image:
        content = bytes(pixels[top * stride : below * stride])
        return Image.frombuffer(mode, (first.size[0], below - top), content, "raw", mode, stride, 1)

    return strips.reduced(rows, mode, first.size, factor)


def _first(path: Path) -> Any:
    file = pillow_heif.open_heif(path, convert_hdr_to_8bit=True, remove_stride=False)
    return file[file.primary_index]
