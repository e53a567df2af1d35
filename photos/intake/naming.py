"""Names of files: as they are shown, as they are spelled in rows, and what they say is inside."""

import os
from pathlib import Path

from photos.imaging.decoding import Examined, Refused
from photos.metadata.text import clean, decoded

LIMIT = 255
# What a file that is called so should hold.
ENDINGS = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "image/jpeg"),
    **dict.fromkeys((".tif", ".tiff"), "image/tiff"),
    **dict.fromkeys((".heic", ".heif", ".hif"), "image/heic"),
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
WORDS = {
    "image/jpeg": "a JPEG", "image/png": "a PNG", "image/webp": "a WebP", "image/gif": "a GIF",
    "image/avif": "an AVIF", "image/tiff": "a TIFF", "image/heic": "a HEIC",
}  # fmt: skip
MISNAMED = "Its name says that it is {said}, but it is {found}. Rename it to “{better}” and import it again."
# Both are kept in the same container, and programs call either by the other's name.
ALIKE = {"image/heic", "image/avif"}


def readable_name(name: str) -> str:
    """Return the last part of a file's name, as it is shown and saved under."""
    last = _repaired(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable())
    return clean(shown, limit=LIMIT).strip() or "picture"


def spelled(path: Path) -> str:
    """Return a path as text that every database and terminal takes: bytes that are none, and signs, are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def says_picture(name: str) -> bool:
    """Tell whether a name ends like that of a picture."""
    return _ending(name) in ENDINGS


def refuse_misnamed(name: str, examined: Examined) -> None:
    """Refuse a picture whose name says that it is another kind of picture.

    Raises:
        Refused: with a name that fits.
    """
    said, found = ENDINGS.get(_ending(name)), examined.mime_type
    if said in {None, found} or {said, found} == ALIKE:
        return
    better = f"{os.path.splitext(readable_name(name))[0]}.{examined.extension}"
    raise Refused(MISNAMED.format(said=WORDS[said or ""], found=WORDS[found], better=better))


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _repaired(name: str) -> str:
    """Return a name in the letters it most likely has, also one of an old disk, whose bytes are no UTF-8."""
    try:
        return decoded(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return name
