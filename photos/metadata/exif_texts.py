"""The texts in the Exif part of a file: that is where JPEG and WebP keep what a PNG says in text chunks."""

from typing import Any

from PIL import Image

from photos.metadata.text import decoded, repaired

EXIF_IFD = 0x8769
MAIN = {0x010E: "ImageDescription", 0x0131: "Software", 0x013B: "Artist", 0x4746: "Rating"}
WINDOWS = {0x9C9B: "XPTitle", 0x9C9C: "XPComment", 0x9C9E: "XPKeywords"}
USER_COMMENT, MAKER_NOTE = 0x9286, 0x927C
# Graphs of ComfyUI stand where a camera's names belong.
GRAPH_TAGS = (0x010F, 0x0110, 0x010E)
GRAPHS = ("prompt", "workflow")
SHORT = 32


def exif_texts(exif: Image.Exif, part: dict[int, Any]) -> dict[str, str]:
    """Return the texts by names such as ``exif:UserComment``; graphs of ComfyUI under ComfyUI's own names.

    Args:
        exif: the main part.
        part: its sub-part of exposure and comments.
    """
    found = {name: _text(exif.get(tag)) for tag, name in MAIN.items()}
    found |= {name: _windows(exif.get(tag)) for tag, name in WINDOWS.items()}
    found |= {"UserComment": user_comment(part.get(USER_COMMENT)), "MakerNote": _short(part.get(MAKER_NOTE))}
    found["Model"] = model if (model := _text(exif.get(0x0110))).startswith("{") else ""
    texts = {f"exif:{name}": text for name, text in found.items() if text.strip("\0 ")}
    return texts | _graphs([_text(exif.get(tag)) for tag in GRAPH_TAGS] + [found["UserComment"]])


def user_comment(value: object) -> str:
    """Return a comment, whose first eight bytes may say how the rest is written."""
    if isinstance(value, str):
        return repaired(value)
    if not isinstance(value, bytes):
        return ""
    code, rest = value[:8], value[8:]
    if code == b"UNICODE\0":
        return _utf_16(rest)
    if code in (b"ASCII\0\0\0", bytes(8)):
        return decoded(rest)
    return decoded(value)


def _utf_16(value: bytes) -> str:
    """Return text of either byte order, which nobody agrees on; some write UTF-8 here."""
    if value[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return value.decode("utf-16", "replace")
    high, low = value[0:4000:2].count(0), value[1:4000:2].count(0)
    if not high and not low:
        return decoded(value) if value.isascii() else value.decode("utf-16-be", "replace")
    return value.decode("utf-16-be" if high >= low else "utf-16-le", "replace")


def _graphs(texts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        key, _, graph = text.partition(":")
        if key.lower() in GRAPHS and graph.lstrip().startswith("{"):
            found.setdefault(key.lower(), graph)
    return found


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decoded(value).rstrip("\0")
    if isinstance(value, int):
        return str(value)
    return repaired(value) if isinstance(value, str) else ""


def _windows(value: object) -> str:
    """Return what Windows wrote: UTF-16 as bytes, or as a row of numbers."""
    try:
        return bytes(value if isinstance(value, bytes | tuple) else ()).decode("utf-16-le", "replace").strip("\0 ")
    except (TypeError, ValueError):
        return ""


def _short(value: object) -> str:
    """Return a maker's note that is a word: those of cameras are long and of no use here."""
    if not isinstance(value, bytes) or len(value) > SHORT:
        return ""
    return decoded(value).strip("\0 ") if value.isascii() else ""
