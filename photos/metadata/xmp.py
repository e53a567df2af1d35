"""XMP packets: what editors and cameras say about a picture in RDF."""

from xml.parsers import expat

from photos.metadata.text import clean

Properties = dict[str, list[str]]

PACKET_LIMIT = 1_000_000
DEPTH_LIMIT = 40
MOST_VALUES = 2_000
VALUE_LIMIT = 200_000
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "iptc",
}


def read_xmp(packet: str) -> Properties:
    """Return the values of the properties we know, by names such as ``dc:title``.

    A packet with a document type is not read at all: entities could grow without end or name files of ours.
    """
    if "<" not in packet or len(packet) > PACKET_LIMIT:
        return {}
    reader = _Reader()
    try:
        reader.parser.Parse(packet.strip("\ufeff\0 \r\n").encode(), True)
    except (expat.ExpatError, _Unwanted, ValueError):
        return reader.found
    return reader.found


class _Unwanted(Exception):
    """The packet does what no honest one does."""


class _Reader:
    """Collects the texts of properties that stand directly in an ``rdf:Description`` of the packet."""

    def __init__(self) -> None:
        self.found: Properties = {}
        self.path: list[str] = []
        self.words: list[str] = []
        self.count = 0
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words.append

    def refuse(self, *_: object) -> None:
        raise _Unwanted

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.words.clear()
        if len(self.path) > DEPTH_LIMIT:
            raise _Unwanted
        if name == f"{RDF}Description" and self.path[-2:-1] == [f"{RDF}RDF"]:
            for key, value in attributes.items():
                self.keep(key, value)

    def end(self, name: str) -> None:
        if prop := self.property():
            self.keep(prop, "".join(self.words))
        self.path.pop()
        self.words.clear()

    def property(self) -> str:
        """Return the property whose value ends here: its own text, or that of an item of its list."""
        path = self.path[:-2] if self.path[-1] == f"{RDF}li" else self.path
        return path[-1] if path[-2:-1] == [f"{RDF}Description"] and path[-3:-2] == [f"{RDF}RDF"] else ""

    def keep(self, name: str, value: str) -> None:
        space, _, local = name.rpartition(" ")
        value = clean(value, limit=VALUE_LIMIT).strip()
        if space in PREFIXES and value and self.count < MOST_VALUES:
            self.count += 1
            self.found.setdefault(f"{PREFIXES[space]}:{local}", []).append(value)
