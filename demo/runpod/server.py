"""The API and the proxy on one port."""

from collections.abc import Callable

from aiohttp import web

from demo.runpod.api import Api
from demo.runpod.control import Control
from demo.runpod.proxy import Proxy
from demo.runpod.world import World
from demo.standin.backend import Backend

LARGEST_REQUEST = 100 * 1024 * 1024


class Server:
    """RunPod on its port."""

    def __init__(self, world: World, new_backend: Callable[[str], Backend], host: str, port: int) -> None:
        self.world = world
        self.proxy = Proxy(world, new_backend)
        self.host, self.port = host, port  # 0: any free one, known after opening
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to answer."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        Api(self.world, self.proxy.rest).add_to(app)
        self.proxy.add_to(app)
        Control(self.world).add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Vanish."""
        await self.proxy.close()
        if self._runner:
            await self._runner.cleanup()
        self._runner = None
