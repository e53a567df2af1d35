"""IPTC-IIM records: titles, captions and keywords as agencies and old editors write them."""

from photos.metadata.text import clean, decoded

MARKER = 0x1C
ENVELOPE, APPLICATION = 1, 2
CHARACTER_SET = 90
UTF_8 = b"\x1b%G"
NAMES = {5: "title", 25: "keywords", 55: "date", 60: "time", 105: "headline", 120: "caption"}
MOST_RECORDS = 1_000
VALUE_LIMIT = 20_000


def read_iptc(block: bytes) -> dict[str, str]:
    """Return the texts of a block by our names; keywords stand on a line each."""
    found: dict[str, list[str]] = {}
    is_utf_8 = False
    for record, dataset, value in _records(block):
        if (record, dataset) == (ENVELOPE, CHARACTER_SET):
            is_utf_8 = value == UTF_8
        elif record == APPLICATION and dataset in NAMES:
            words = value.decode("utf-8", "replace") if is_utf_8 else decoded(value)
            found.setdefault(NAMES[dataset], []).append(clean(words, limit=VALUE_LIMIT).strip())
    return {name: "\n".join(values) for name, values in found.items()}


def _records(block: bytes) -> list[tuple[int, int, bytes]]:
    """Return record, dataset and value, as far as the block makes sense."""
    records: list[tuple[int, int, bytes]] = []
    at = 0
    while len(records) < MOST_RECORDS and at + 5 <= len(block) and block[at] == MARKER:
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        if size & 0x8000:  # an extended length: nothing we read is so long
            break
        records.append((block[at + 1], block[at + 2], block[at + 5 : at + 5 + size]))
        at += 5 + size
    return records
