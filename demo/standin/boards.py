"""Boards: named piles of pictures; a picture is on one at most."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.standin.clock import stamp


@dataclass
class Board:
    """One board."""

    board_name: str
    board_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: str = field(default_factory=stamp)
    updated_at: str = field(default_factory=stamp)


class Boards:
    """All boards, oldest first."""

    def __init__(self) -> None:
        self.all: dict[str, Board] = {}
        self.changed: Callable[[Board], None] = lambda board: None
        self.removed: Callable[[Board], None] = lambda board: None

    def add(self, name: str) -> Board:
        """Make a board."""
        board = Board(name)
        self.all[board.board_id] = board
        self.changed(board)
        return board

    def remove(self, board_id: str) -> None:
        """Delete a board; its pictures stay."""
        self.removed(self.all.pop(board_id))
