"""The socket over which events are told."""

from typing import Any

import socketio
from aiohttp import web

from demo.standin.backend import Backend
from demo.standin.errors import Json
from demo.standin.versions import Version

PATH = "/ws/socket.io"
ROOMS_UNTIL = Version(6, 12)


class Sockets:
    """All socket connections of one life of the server."""

    def __init__(self, backend: Backend, app: web.Application) -> None:
        self.backend = backend
        self.requests: dict[str, web.Request] = {}
        self.server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*", transports=["websocket"])
        self.server.attach(app, socketio_path=PATH)
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.disconnect)
        self.server.on("subscribe_queue", self.subscribe)
        self.server.on("unsubscribe_queue", self.unsubscribe)
        backend.announcer.send = self.send

    async def connect(self, sid: str, environ: Json, _auth: object = None) -> bool:
        """Let a client in, unless connections are refused."""
        if self.backend.faults.refuse_socket:
            return False
        self.requests[sid] = environ["aiohttp.request"]
        self.backend.announcer.listeners = len(self.requests)
        return True

    async def disconnect(self, sid: str, *_reason: object) -> None:
        """Note that a client is gone."""
        self.requests.pop(sid, None)
        self.backend.announcer.listeners = len(self.requests)

    async def subscribe(self, sid: str, wanted: Json) -> None:
        """Tell a client about a queue; servers since 6.12 do so anyway."""
        await self.server.enter_room(sid, str(wanted.get("queue_id")))

    async def unsubscribe(self, sid: str, wanted: Json) -> None:
        """Tell a client no longer about a queue."""
        await self.server.leave_room(sid, str(wanted.get("queue_id")))

    async def send(self, event: str, payload: Json) -> Any:
        """Send an event to those whom it concerns."""
        by_room = self.backend.speaks < ROOMS_UNTIL and "queue_id" in payload
        return await self.server.emit(event, payload, room=payload["queue_id"] if by_room else None)

    def drop(self) -> None:
        """Cut all connections without a word."""
        for request in self.requests.values():
            if request.transport is not None:
                request.transport.abort()

    def close(self) -> None:
        """Cut all connections and send nothing any more."""
        self.drop()
        self.requests.clear()
        self.backend.announcer.send = None
        self.backend.announcer.listeners = 0
