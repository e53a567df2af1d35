"""Keeps records as JSON files, one each, so that a restarted server knows what it knew."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from demo.standin.boards import Board, Boards
from demo.standin.errors import Json
from demo.standin.images import ImageRecord, Images
from demo.standin.queue import Queue, QueueItem


class Shelf:
    """A folder of JSON files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: object, record: Json) -> None:
        """Write a record so that no half of it can ever be read."""
        draft = self.folder / f"{name}.draft"
        draft.write_text(json.dumps(record))
        draft.replace(self.folder / f"{name}.json")

    def drop(self, name: object) -> None:
        """Remove a record."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)

    def all(self) -> Iterator[Json]:
        """Yield all records."""
        for path in self.folder.glob("*.json"):
            yield json.loads(path.read_text())


def keep_images(images: Images, shelf: Shelf) -> None:
    """Read the records of pictures and write them down whenever they change."""
    known = sorted((ImageRecord(**record) for record in shelf.all()), key=lambda record: record.created_at)
    images.records = {record.image_name: record for record in known}
    images.changed = lambda record: shelf.put(record.image_name, asdict(record))
    images.removed = lambda record: shelf.drop(record.image_name)


def keep_boards(boards: Boards, shelf: Shelf) -> None:
    """Read the boards and write them down whenever they change."""
    known = sorted((Board(**record) for record in shelf.all()), key=lambda board: board.created_at)
    boards.all = {board.board_id: board for board in known}
    boards.changed = lambda board: shelf.put(board.board_id, asdict(board))
    boards.removed = lambda board: shelf.drop(board.board_id)


def keep_queue(queue: Queue, shelf: Shelf) -> None:
    """Read the queue's items and write them down whenever they change."""
    known = sorted((QueueItem(**record) for record in shelf.all()), key=lambda item: item.item_id)
    queue.items = {item.item_id: item for item in known}
    queue.last_id = max(queue.items, default=0)
    queue.changed = lambda item: shelf.put(item.item_id, asdict(item))
    queue.removed = lambda item: shelf.drop(item.item_id)
