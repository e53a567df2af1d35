"""Pictures on the server: records, files and thumbnails."""

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from demo.standin.clock import stamp
from demo.standin.errors import Json

Chunks = dict[str, str]
KEPT_CHUNKS = ("invokeai_metadata", "invokeai_graph", "invokeai_workflow")


@dataclass
class ImageRecord:
    """What the server knows of one picture."""

    width: int
    height: int
    image_origin: str = "internal"
    image_category: str = "general"
    is_intermediate: bool = False
    session_id: str | None = None
    node_id: str | None = None
    board_id: str | None = None
    has_workflow: bool = False
    starred: bool = False
    metadata: str | None = None  # compact JSON
    image_name: str = field(default_factory=lambda: f"{uuid.uuid4()}.png")
    created_at: str = field(default_factory=stamp)
    updated_at: str = field(default_factory=stamp)


class ImageFiles:
    """PNG files by name, in memory or, if there is a folder, on disk."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._kept: dict[str, bytes] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: bytes) -> None:
        """Keep a file."""
        if self.folder:
            (self.folder / name).write_bytes(content)
        else:
            self._kept[name] = content

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None when it is not there."""
        if self.folder is None:
            return self._kept.get(name)
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None

    def remove(self, name: str) -> None:
        """Forget a file."""
        self._kept.pop(name, None)
        if self.folder:
            (self.folder / name).unlink(missing_ok=True)


class Images:
    """All pictures, oldest first."""

    def __init__(self, folder: Path | None = None) -> None:
        self.records: dict[str, ImageRecord] = {}
        self.files = ImageFiles(folder)
        self.changed: Callable[[ImageRecord], None] = lambda record: None
        self.removed: Callable[[ImageRecord], None] = lambda record: None

    def save(self, picture: Image.Image, record: ImageRecord, chunks: Chunks) -> ImageRecord:
        """Keep a picture with its text chunks."""
        self.files.write(record.image_name, png(picture, chunks))
        record.has_workflow = bool(chunks.keys() & {"invokeai_graph", "invokeai_workflow"})
        self.records[record.image_name] = record
        self.changed(record)
        return record

    def open(self, name: str) -> Image.Image | None:
        """Return a picture, ready to be painted on."""
        content = self.files.read(name) if name in self.records else None
        return Image.open(io.BytesIO(content)) if content else None

    def star(self, record: ImageRecord, *, starred: bool) -> None:
        """Set or take away the star of a picture."""
        self.change(record, {"starred": starred})

    def change(self, record: ImageRecord, values: Json) -> None:
        """Give a record new values."""
        for name in values.keys() & {"image_category", "session_id", "is_intermediate", "starred", "board_id"}:
            setattr(record, name, values[name])
        record.updated_at = stamp()
        self.changed(record)

    def remove(self, name: str) -> bool:
        """Delete a picture for good; False when it is not there."""
        record = self.records.pop(name, None)
        if record is None:
            return False
        self.files.remove(name)
        self.removed(record)
        return True


def png(picture: Image.Image, chunks: Chunks) -> bytes:
    """Encode as PNG with text chunks."""
    texts, out = PngInfo(), io.BytesIO()
    for key, text in chunks.items():
        texts.add_text(key, text)
    picture.save(out, "PNG", pnginfo=texts, compress_level=1)
    return out.getvalue()


def kept_chunks(picture: Image.Image) -> Chunks:
    """Return those text chunks of an uploaded picture that survive."""
    found = getattr(picture, "text", {})
    return {key: str(found[key]) for key in KEPT_CHUNKS if key in found}


def thumbnail(content: bytes) -> bytes:
    """Return the picture as WebP with at most 256 pixels a side."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((256, 256))
        small.save(out, "WEBP")
    return out.getvalue()
