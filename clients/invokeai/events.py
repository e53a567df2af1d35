"""InvokeAI's events as they happen. They only hasten what polling finds: none is sent again after a lost connection."""

import logging
from collections.abc import Callable
from typing import Any, Self

from clients.address import Address
from clients.errors import RemoteUnreachable
from clients.invokeai.backlog import Backlog
from clients.invokeai.messages import READERS, Event, events_of

CONNECT_TIMEOUT = 10.0
SILENT = logging.Logger("silent", logging.CRITICAL + 1)  # the library logs what it receives


class EventStream:
    """A connection to InvokeAI's socket, used as a context manager.

    Without a login events of everybody's batches arrive: tell ours by ``batch_id``. A stream that lost its connection
    is used up: open another, and poll once, since what happened between them is not told.

        with client.events() as stream:
            while event := stream.next(timeout=5):
                ...
    """

    def __init__(self, base_url: str, *, token: str | None = None, timeout: float = CONNECT_TIMEOUT) -> None:
        """Prepare, without connecting.

        Args:
            base_url: the same address that the other calls use.
            token: of a login, in multi-user mode.
            timeout: seconds to wait for the connection.
        """
        self._address = Address.parse(base_url)
        self._token = token
        self._timeout = timeout
        self._backlog = Backlog()
        self._socket: Any = None

    def __enter__(self) -> Self:
        """Connect and subscribe.

        Raises:
            RemoteUnreachable: nobody there, or the socket refused the login.
        """
        from socketio.exceptions import SocketIOError  # a tenth of a second that only a listener should pay

        self._backlog = Backlog()
        self._socket = self._new_socket()
        auth = {"token": self._token} if self._token else None
        try:
            self._socket.connect(
                self._address.host,
                headers={"Authorization": f"Bearer {self._token}"} if self._token else {},
                auth=auth,
                transports=["websocket"],  # long polling was answered with 500 by the server's own set of packages
                socketio_path=f"{self._address.path}/ws/socket.io",
                wait_timeout=self._timeout,
            )
        except (SocketIOError, OSError, ValueError, LookupError, TypeError):
            self.__exit__()
            raise RemoteUnreachable(
                f"InvokeAI's events at {self._address.host} cannot be had now. Check that it is running, and try again."
            ) from None
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Disconnect; events that were not taken are dropped."""
        self._backlog.close()
        if self._socket is not None:
            self._socket.disconnect()
            self._socket = None

    def next(self, timeout: float) -> Event | None:
        """Return the next event, or None when none came for ``timeout`` seconds.

        Raises:
            RemoteUnreachable: the connection is lost, and all events that came before have been returned.
        """
        event = self._backlog.take(timeout)
        if event is None and (self._backlog.is_exhausted or not self._is_connected):
            raise RemoteUnreachable(
                f"The connection to InvokeAI's events at {self._address.host} is lost. Try again in a while."
            )
        return event

    @property
    def _is_connected(self) -> bool:
        """Ask the connection itself too: one lost while it was being made is never announced."""
        return self._socket is not None and self._socket.eio.state == "connected"

    def _new_socket(self) -> Any:
        import socketio

        socket = socketio.Client(
            reconnection=False,
            handle_sigint=False,
            logger=SILENT,
            engineio_logger=SILENT,
            request_timeout=self._timeout,
            websocket_extra_options={"redirect_limit": 0},  # a token must not reach another host
        )
        _keep_order(socket.eio)
        socket.on("connect", lambda: socket.emit("subscribe_queue", {"queue_id": "default"}))
        socket.on("disconnect", lambda *_: self._backlog.close())
        for name in READERS:
            socket.on(name, self._receiver(name))
        return socket

    def _receiver(self, name: str) -> Callable[..., None]:
        def receive(*message: Any) -> None:
            for event in events_of(name, message[0] if message else None):
                self._backlog.put(event)

        return receive


def _keep_order(connection: Any) -> None:
    """Let messages be handled on the thread that reads them.

    The library starts a thread for each message, which lets a later one overtake. Its own two loops, which are started
    in the same way but without arguments, still get their threads.
    """
    start = connection.start_background_task

    def start_or_run(target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not args:
            return start(target, **kwargs)
        try:
            return target(*args, **kwargs)
        except Exception:  # a message that breaks the library must not end the reading of all others
            return None

    connection.start_background_task = start_or_run
