"""The stand-in in a thread of its own, for tests."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from demo.runpod.pods import FakePod
from demo.runpod.quirks import Quirks
from demo.runpod.server import Server
from demo.runpod.world import KEY, Asked, SteppedClock, World
from demo.standin.backend import Backend, Pace

PATIENCE = 20.0
T = TypeVar("T")


class FakeRunPod:
    """A RunPod to test against: ``with FakeRunPod() as runpod: … runpod.url, runpod.proxy_template …``.

    Attributes:
        clock: stands still until it is told to advance.
        world: everything; change it between calls.
    """

    key = KEY

    def __init__(self, clock: SteppedClock | None = None, *, host: str = "127.0.0.1", pace: Pace | None = None) -> None:
        self.clock = clock or SteppedClock()
        self.world = World(self.clock)
        # RunPod's images come with an InvokeAI of this version.
        self.server = Server(self.world, lambda _volume: Backend(version="6.13.8", pace=pace), host, 0)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="runpod", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait(self.server.open())
        return self

    def __exit__(self, *_error: object) -> None:
        self._wait(self.server.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    @property
    def url(self) -> str:
        """Return the API's origin."""
        return f"http://{self.server.host}:{self.server.port}"

    @property
    def proxy_template(self) -> str:
        """Return the pattern of the proxy's addresses."""
        return self.url + "/proxy/{pod_id}/{port}"

    @property
    def quirks(self) -> Quirks:
        """Return the switches."""
        return self.world.quirks

    @property
    def pods(self) -> list[FakePod]:
        """Return the pods that are not terminated, the newest first."""
        return self.world.present()

    def misbehave(self, **quirks: Any) -> None:
        """Turn quirks on; those not named stay as they are."""
        for name, value in quirks.items():
            if not hasattr(self.world.quirks, name):
                raise TypeError(f"no such quirk: {name}")
            setattr(self.world.quirks, name, value)

    def behave(self) -> None:
        """Turn all quirks off."""
        self.world.quirks = Quirks()

    def asked(self, beginning: str) -> list[Asked]:
        """Return the calls that begin so."""
        return self.world.asked(beginning)

    def invokeai(self, volume: str) -> Backend:
        """Return the InvokeAI on a volume."""
        return self.server.proxy.backend(volume)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)
