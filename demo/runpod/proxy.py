"""The proxy in front of pods, and the InvokeAI behind it: one for each volume, which outlives its pods."""

import hashlib
from collections.abc import Callable

import aiohttp
from aiohttp import web

from demo.runpod.pods import FakePod
from demo.runpod.world import World
from demo.standin.accounts import Accounts
from demo.standin.backend import Backend
from demo.standin.server import Server

PAGE = "<!doctype html><title>{status}</title>RunPod could not reach the service"
PASSED_ON = {"Authorization", "Content-Type", "Accept", "Accept-Encoding"}
PASSED_BACK = {"Content-Type", "Content-Length", "X-Refreshed-Token", "Cache-Control"}
SOCKET = "/ws/"
QUEUE_STATUS = "/api/v1/queue/default/status"


class Proxy:
    """``/proxy/<pod id>/<port>/…``"""

    def __init__(self, world: World, new_backend: Callable[[str], Backend]) -> None:
        """Have ``new_backend(volume)`` make an InvokeAI for a volume that has none."""
        self.world = world
        self.backends: dict[str, Backend] = {}
        self._new_backend = new_backend
        self._servers: dict[str, Server] = {}
        self._client: aiohttp.ClientSession | None = None

    def add_to(self, app: web.Application) -> None:
        """Give the application the address."""
        app.router.add_route("*", "/proxy/{pod}/{port}{path:/.*}", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Pass a request on, or say in Cloudflare's way why not."""
        self.world.settle()
        pod = self.world.pods.get(request.match_info["pod"])
        path, quirks = request.match_info["path"], self.world.quirks
        if pod is None or not self._is_declared(pod, request.match_info["port"]):
            return _page(404)
        if self.world.status(pod) in ("TERMINATED", "EXITED"):
            return _page(404)
        if quirks.proxy_down or not pod.listens(self.world.clock(), self.world.times, quirks):
            return _page(502)
        if request.match_info["port"] == pod.environment.get("GALLERY_WATCH_PORT"):
            return self._heard(pod, request)
        if any(part in path for part in quirks.slow_paths):
            return _page(524)
        if path.startswith(SOCKET):
            return _page(502)
        return await self._passed_on(request, path, await self._server(pod))

    def _heard(self, pod: FakePod, request: web.Request) -> web.Response:
        """Answer as the watch in the pod does."""
        if self.world.quirks.watch_down:
            return _page(502)
        word = hashlib.sha256(f"alive {pod.environment['GALLERY_PASSWORD']}".encode()).hexdigest()
        if request.headers.get("Authorization") != f"Bearer {word}":
            return web.Response(status=401)
        pod.heard = self.world.clock()
        return web.Response(status=204)

    async def rest(self, pod: FakePod) -> None:
        """Have the InvokeAI of a pod that no longer runs stop in the middle of whatever it does."""
        if self.world.status(pod) in ("EXITED", "TERMINATED") and pod.id in self._servers:
            server = self._servers.pop(pod.id)
            await server.end_work()
            await server.close()

    async def close(self) -> None:
        """Stop everything."""
        for server in self._servers.values():
            await server.end_work()
            await server.close()
        self._servers.clear()
        if self._client:
            await self._client.close()

    def backend(self, volume: str) -> Backend:
        """Return what lies on a volume."""
        if volume not in self.backends:
            self.backends[volume] = self._new_backend(volume)
        return self.backends[volume]

    async def _server(self, pod: FakePod) -> Server:
        if pod.id not in self._servers:
            backend = self.backend(pod.volume)
            backend.recover()
            self._first_boot(pod, backend.accounts)
            server = Server(backend, "127.0.0.1", 0)
            await server.open()
            server.begin_work()
            self._servers[pod.id] = server
        return self._servers[pod.id]

    def _first_boot(self, pod: FakePod, accounts: Accounts) -> None:
        """Do what the start command does before the port is open: make our account, if there is none."""
        environment, quirks = pod.request.get("env", {}), self.world.quirks
        accounts.is_on = environment.get("INVOKEAI_MULTIUSER") == "true" and not quirks.open_door
        accounts.tokens.clear()
        if quirks.stranger_is_admin:
            accounts.passwords.setdefault("stranger@example.org", "not ours")
        if not accounts.passwords and pod.request.get("cmd") and not quirks.nobody_is_admin:
            accounts.passwords[environment["GALLERY_EMAIL"]] = environment["GALLERY_PASSWORD"]

    def _is_declared(self, pod: FakePod, port: str) -> bool:
        return f"{port}/http" in pod.request.get("ports", [])

    async def _passed_on(self, request: web.Request, path: str, server: Server) -> web.StreamResponse:
        self._client = self._client or aiohttp.ClientSession(auto_decompress=False)
        url = f"http://{server.host}:{server.port}{path}"
        headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
        body = await request.read()
        async with self._client.request(
            request.method, url, params=request.query, data=body or None, headers=headers, allow_redirects=False
        ) as answer:
            content = await answer.read()
            kept = {name: value for name, value in answer.headers.items() if name in PASSED_BACK}
            if self.world.quirks.queue_never_empties and path == QUEUE_STATUS and answer.status == 200:
                content = content.replace(b'"pending":0', b'"pending":1')
            kept.pop("Content-Length", None)
            return web.Response(status=answer.status, body=content, headers=kept)


def _page(status: int) -> web.Response:
    return web.Response(status=status, text=PAGE.format(status=status), content_type="text/html")
