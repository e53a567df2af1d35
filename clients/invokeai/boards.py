"""The boards of an InvokeAI server: named piles of images."""

from dataclasses import dataclass
from typing import Any, Self

from clients.http import Http
from clients.invokeai import reading

BOARDS = "/api/v1/boards"


@dataclass(frozen=True, slots=True)
class Board:
    """One board. An image is on one board at most, which its record names."""

    board_id: str
    name: str

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read one board."""
        source = reading.mapping(answer, "board")
        return cls(reading.text(source, "board_id"), reading.text(source, "board_name"))


class Boards:
    """All boards of the server."""

    def __init__(self, http: Http) -> None:
        """Share the client's connection."""
        self._http = http

    def all(self) -> tuple[Board, ...]:
        """Return every board, archived ones too; only those the account may see where there are accounts."""
        answer = self._http.get(f"{BOARDS}/", {"all": "true", "include_archived": "true"})
        return tuple(Board.from_json(item) for item in reading.sequence(answer, "boards"))
