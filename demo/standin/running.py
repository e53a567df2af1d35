"""The stand-in in a thread of its own, for tests."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self, TypeVar

from demo.standin import versions
from demo.standin.backend import Backend, Pace
from demo.standin.boards import Boards
from demo.standin.errors import Json
from demo.standin.images import Images
from demo.standin.models import Models
from demo.standin.queue import FINISHED, Queue
from demo.standin.server import Server
from demo.standin.switches import Misbehaviour

PATIENCE = 10.0
T = TypeVar("T")


class StandIn:
    """An InvokeAI to test against: ``with StandIn() as server: … server.url …``."""

    def __init__(
        self,
        *,
        version: str = versions.CURRENT,
        pace: Pace | None = None,
        folder: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.backend = Backend(version=version, pace=pace, folder=folder)
        self.server = Server(self.backend, host, port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stand-in", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait(self._enter())
        return self

    def __exit__(self, *_error: object) -> None:
        self._wait(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    @property
    def url(self) -> str:
        """Return the address, which stays the same through stops and starts."""
        return f"http://{self.server.host}:{self.server.port}"

    @property
    def queue(self) -> Queue:
        """Return the queue with its items."""
        return self.backend.queue

    @property
    def images(self) -> Images:
        """Return the pictures on the server."""
        return self.backend.images

    @property
    def models(self) -> Models:
        """Return the installed models."""
        return self.backend.models

    @property
    def boards(self) -> Boards:
        """Return the boards."""
        return self.backend.boards

    @property
    def executed(self) -> list[int]:
        """Return the ids of the items whose execution began, in that order."""
        return list(self.backend.queue.executed)

    @property
    def events(self) -> list[tuple[str, Json]]:
        """Return all events but progress, told or silenced."""
        return list(self.backend.announcer.told)

    def misbehave(self, **faults: Any) -> Misbehaviour:
        """Turn faults on; those not named stay as they are."""
        for name, value in faults.items():
            if not hasattr(self.backend.faults, name):
                raise TypeError(f"no such fault: {name}")
            setattr(self.backend.faults, name, value)
        return self.backend.faults

    def behave(self) -> None:
        """Turn all faults off."""
        self.backend.faults = Misbehaviour()

    def pretend_version(self, version: str) -> None:
        """Claim to be another version from now on."""
        self.backend.version = version

    def stop(self, *, keep_working: bool = False) -> None:
        """Vanish from the network; with ``keep_working`` only the network is down."""
        self._wait(self._stop(keep_working=keep_working))

    def start(self) -> None:
        """Come back on the same port and go on where it stopped."""
        self._wait(self._start())

    def restart(self) -> None:
        """Die and come back: what was running is canceled, what was pending goes on."""
        self._wait(self._restart())

    def drop_sockets(self) -> None:
        """Cut the socket connections."""
        self._call(self.server.drop_sockets)

    def pause(self) -> None:
        """Pause the processor, as somebody in the web UI might."""
        self._call(lambda: self._set_started(started=False))

    def resume(self) -> None:
        """Let the processor go on."""
        self._call(lambda: self._set_started(started=True))

    def prune(self) -> None:
        """Forget all finished items."""
        self._call(lambda: self.queue.remove(self.queue.with_status(*FINISHED)))

    def wait_until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is so."""

        async def watch() -> None:
            while not holds():
                await asyncio.sleep(0.002)

        self._wait(asyncio.wait_for(watch(), seconds), seconds + PATIENCE)

    def wait_until_idle(self, seconds: float = PATIENCE) -> None:
        """Wait until every item is finished."""
        self.wait_until(lambda: all(item.is_finished for item in list(self.queue.items.values())), seconds)

    def _set_started(self, *, started: bool) -> None:
        self.queue.is_started = started
        self.backend.nudge.set()

    async def _enter(self) -> None:
        self.backend.recover()
        await self.server.open()
        self.server.begin_work()

    async def _leave(self) -> None:
        await self.server.end_work()
        await self.server.close()

    async def _stop(self, *, keep_working: bool) -> None:
        if not keep_working:
            self.server.processor.awake.clear()
        await self.server.close()

    async def _start(self) -> None:
        await self.server.open()
        self.server.processor.awake.set()

    async def _restart(self) -> None:
        await self._leave()
        self.server.processor.awake.set()
        await self._enter()

    def _wait(self, work: Coroutine[Any, Any, T], seconds: float = 2 * PATIENCE) -> T:
        done: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result(seconds)

    def _call(self, act: Callable[[], object]) -> None:
        async def wrapped() -> None:
            act()

        self._wait(wrapped())
