"""The addresses under ``/api/v1/boards`` and ``/api/v1/board_images``."""

from typing import TYPE_CHECKING

from aiohttp import web

from demo.standin.answers import Route, answer, body, query_flag, query_number, required_query
from demo.standin.boards import Board
from demo.standin.errors import Json, Refused
from demo.standin.images import ImageRecord

if TYPE_CHECKING:
    from demo.standin.backend import Backend


class BoardRoutes:
    """Boards and what is on them."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend
        self.boards = backend.boards

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("GET", "/api/v1/boards/", self.page),
            Route("POST", "/api/v1/boards/", self.add),
            Route("GET", "/api/v1/boards/{board_id}", self.show),
            Route("DELETE", "/api/v1/boards/{board_id}", self.delete),
            Route("GET", "/api/v1/boards/{board_id}/image_names", self.image_names),
            Route("POST", "/api/v1/board_images/", self.put),
        ]

    def _on(self, board_id: str) -> list[ImageRecord]:
        wanted = None if board_id == "none" else board_id
        return [record for record in self.backend.images.records.values() if record.board_id == wanted]

    def _shown(self, board: Board) -> Json:
        on_it = [record for record in self._on(board.board_id) if not record.is_intermediate]
        general = sum(record.image_category == "general" for record in on_it)
        return {
            "board_id": board.board_id,
            "board_name": board.board_name,
            "user_id": "system",
            "created_at": board.created_at,
            "updated_at": board.updated_at,
            "deleted_at": None,
            "cover_image_name": on_it[-1].image_name if on_it else None,
            "archived": False,
            "board_visibility": "private",
            "cover_video_name": None,
            "image_count": general,
            "video_count": 0,
            "asset_count": len(on_it) - general,
            "owner_username": None,
        }

    def _find(self, request: web.Request) -> Board:
        board = self.boards.all.get(request.match_info["board_id"])
        if board is None:
            raise Refused(404, "Board not found")
        return board

    async def page(self, request: web.Request) -> web.Response:
        """Show all boards, or a page of them."""
        boards = [self._shown(board) for board in self.boards.all.values()]
        if query_flag(request, "all", default=False):
            return answer(boards)
        if not {"offset", "limit"} <= request.query.keys():
            raise Refused(400, "Invalid request: Must provide either 'all' or both 'offset' and 'limit'")
        offset, limit = query_number(request, "offset", 0), query_number(request, "limit", 10)
        page = boards[offset : offset + limit]
        return answer({"limit": limit, "offset": offset, "total": len(boards), "items": page})

    async def add(self, request: web.Request) -> web.Response:
        """Make a board."""
        (name,) = required_query(request, "board_name")
        return answer(self._shown(self.boards.add(name)), 201)

    async def show(self, request: web.Request) -> web.Response:
        """Show one board."""
        return answer(self._shown(self._find(request)))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a board, and its pictures if that is wanted."""
        board = self._find(request)
        records = self._on(board.board_id)
        names = [record.image_name for record in records]
        unwanted = query_flag(request, "include_images", default=False)
        for record in records:
            self.backend.images.change(record, {"board_id": None})
            if unwanted:
                self.backend.images.remove(record.image_name)
        self.boards.remove(board.board_id)
        told: Json = {"board_id": board.board_id, "deleted_board_images": [] if unwanted else names}
        told |= {"deleted_images": names if unwanted else [], "deleted_board_videos": [], "deleted_videos": []}
        return answer({**told, "failed_images": [], "failed_videos": []})

    async def image_names(self, request: web.Request) -> web.Response:
        """Show the names of the pictures on a board."""
        board_id = request.match_info["board_id"]
        if board_id != "none":
            self._find(request)
        return answer([record.image_name for record in self._on(board_id)])

    async def put(self, request: web.Request) -> web.Response:
        """Put a picture on a board."""
        sent = await body(request)
        values = sent if isinstance(sent, dict) else {}
        record = self.backend.images.records.get(values.get("image_name", ""))
        if record is None or values.get("board_id") not in self.boards.all:
            raise Refused(404, "Board not found")
        before = record.board_id or "none"
        self.backend.images.change(record, {"board_id": values["board_id"]})
        boards = sorted({before, values["board_id"]})
        return answer({"affected_boards": boards, "added_images": [record.image_name]}, 201)
