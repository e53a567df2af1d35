"""Puts routes, sockets and the worker together and onto the network."""

import asyncio
import contextlib

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from demo.standin import versions
from demo.standin.accounts import AccountRoutes, guarding
from demo.standin.answers import Route, answer, html, refusal
from demo.standin.app_routes import AppRoutes
from demo.standin.backend import Backend
from demo.standin.board_routes import BoardRoutes
from demo.standin.errors import Refused
from demo.standin.faults import misbehaving
from demo.standin.image_routes import ImageRoutes
from demo.standin.processor import Processor
from demo.standin.queue_orders import QueueOrders
from demo.standin.queue_routes import QueueRoutes
from demo.standin.sockets import Sockets
from demo.standin.uploads import UploadRoute

LARGEST_REQUEST = 200 * 1024 * 1024


class Server:
    """The server on its port. Off and on again it still knows everything."""

    def __init__(self, backend: Backend, host: str, port: int) -> None:
        self.backend = backend
        self.host = host
        self.port = port  # 0: any free one, known after the first opening
        self.processor = Processor(backend)
        self._runner: web.AppRunner | None = None
        self._sockets: Sockets | None = None
        self._worker: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to answer."""
        app = build_app(self.backend)
        self._sockets = Sockets(self.backend, app)
        add_routes(app, self.backend, self.processor)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Vanish from the network; the worker is not concerned."""
        if self._sockets:
            self._sockets.close()
        if self._runner:
            await self._runner.cleanup()
        self._runner = self._sockets = None

    def drop_sockets(self) -> None:
        """Cut the socket connections; clients may come back."""
        if self._sockets:
            self._sockets.drop()

    def begin_work(self) -> None:
        """Start the worker."""
        self._worker = asyncio.get_running_loop().create_task(self.processor.work())

    async def end_work(self) -> None:
        """Stop the worker in the middle of whatever it does."""
        if self._worker:
            self._worker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._worker
        self._worker = None


def build_app(backend: Backend) -> web.Application:
    """Return the application with its middlewares, still without addresses."""
    return web.Application(
        middlewares=[refusing(), misbehaving(backend), guarding(backend)], client_max_size=LARGEST_REQUEST
    )


def refusing() -> Middleware:
    """Return the middleware that turns refusals into answers."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return refusal(refused)

    return middleware


def add_routes(app: web.Application, backend: Backend, processor: Processor) -> None:
    """Give the application all its addresses."""
    own, asking = AppRoutes(backend), QueueRoutes(backend, processor)
    doors, uploads = AccountRoutes(backend), UploadRoute(backend)
    parts = (own, doors, asking, QueueOrders(asking), uploads, ImageRoutes(backend), BoardRoutes(backend))
    own.described = [route for part in parts for route in part.routes()]
    for route in own.described:
        app.router.add_route(route.method, route.path, _versioned(route, backend))
    app.router.add_route("*", "/{anything:.*}", _unknown(backend))


def _versioned(route: Route, backend: Backend) -> Handler:
    unknown = _unknown(backend)

    async def handler(request: web.Request) -> web.StreamResponse:
        known = route.exists_in(backend.speaks)
        return await (route.handler(request) if known else unknown(request))

    return handler


def _unknown(backend: Backend) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD"):
            return answer({"detail": "Method Not Allowed"}, 405)
        if backend.speaks >= versions.HTML_FOR_UNKNOWN:
            return html()
        return answer({"detail": "Not Found"}, 404)

    return handler
