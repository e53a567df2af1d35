"""Tiny pictures of every format with texts in every place where programs put them."""

import struct
from collections.abc import Mapping
from typing import Any

from PIL import Image

from photos.tests.pictures import EXIF_IFD, image, save

USER_COMMENT, MAKER_NOTE, MAKE, MODEL = 0x9286, 0x927C, 0x010F, 0x0110
IMAGE_DESCRIPTION, SOFTWARE = 0x010E, 0x0131


def user_comment(text: str, encoding: str = "utf-16-be") -> bytes:
    """Return an Exif comment that says how it is written."""
    return b"UNICODE\0" + text.encode(encoding)


def exif(tags: Mapping[int, Any] | None = None, part: Mapping[int, Any] | None = None) -> bytes:
    """Return an Exif block of main tags and of those in its sub-part."""
    block = Image.Exif()
    for tag, value in (tags or {}).items():
        block[tag] = value
    block.get_ifd(EXIF_IFD).update(part or {})
    return block.tobytes()


def file(form: str, **options: Any) -> bytes:
    """Return a picture in the format Pillow calls ``form``, with ``exif``, ``xmp`` or ``comment``."""
    return save(image(), form, **options)


def jpeg_with_iptc(records: list[tuple[int, int, bytes]]) -> bytes:
    """Return a JPEG with IPTC records (record, dataset, value) in Photoshop's segment."""
    block = b"".join(struct.pack(">BBBH", 0x1C, *head, len(value)) + value for *head, value in records)
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + block
    return jpeg_with_segment(0xED, b"Photoshop 3.0\0" + resource)


def jpeg_with_segment(marker: int, content: bytes) -> bytes:
    """Return a JPEG with one more application segment at its beginning."""
    plain = file("JPEG")
    return plain[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + plain[2:]


def xmp(body: str = "", attributes: str = "") -> bytes:
    """Return an XMP packet around properties, as elements or as attributes."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    inner = f'<rdf:Description rdf:about="" {spaces} {attributes}>{body}</rdf:Description>'
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">{inner}</rdf:RDF></x:xmpmeta>'
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{packet}<?xpacket end="w"?>'.encode()


def listed(name: str, values: list[str], kind: str = "Bag") -> str:
    """Return one XMP property that is a list."""
    items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
