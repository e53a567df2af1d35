"""How often a progressive JPEG goes through its pixels: a small file can ask for thousands of rounds."""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

# Cameras and programs write about ten, at most some dozens.
MOST = 200
BEGIN, END = 0xDA, 0xD9
# Within the data of a scan: a stuffed byte and the marks to start over at are no markers.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def has_too_many(path: Path) -> bool:
    """Tell whether decoding the JPEG would take many more rounds than any picture needs."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return _rounds(content) > MOST


def _rounds(content: mmap) -> int:
    """Count the scans of the first picture in a file, as far as it matters."""
    rounds, at = 0, 2
    while rounds <= MOST and (found := MARKER.search(content, at)) and (kind := content[found.start() + 1]) != END:
        rounds += kind == BEGIN
        at = found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")
    return rounds
