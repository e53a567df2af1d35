"""The way in: one InvokeAI server, checked, with its queue, its images and its models."""

from typing import Any, Self

from clients.errors import RemoteRejected
from clients.failures import REFUSALS
from clients.http import Http, SignIn, Timeouts
from clients.invokeai import reading
from clients.invokeai.accounts import Accounts
from clients.invokeai.boards import Boards
from clients.invokeai.events import EventStream
from clients.invokeai.images import Images
from clients.invokeai.models import Models
from clients.invokeai.queue import Queue
from clients.invokeai.version import OLDEST_SUPPORTED, Version

FIRST_WITH_LOGIN = Version(6, 12)
NEEDS_LOGIN = REFUSALS[401].format(service="InvokeAI")


class InvokeAI:
    """One InvokeAI server.

    Nothing is called before the first method is. Every method raises only the four errors of ``clients.errors``.
    Not to be shared between threads.

    Attributes:
        queue: batches and their items.
        images: records, bytes and uploads.
        models: what is installed.
        boards: the piles images lie on.
        accounts: who may use a server in multi-user mode.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        timeouts: Timeouts | None = None,
        sign_in: SignIn | None = None,
    ) -> None:
        """Prepare, without calling anybody.

        Args:
            base_url: such as "http://127.0.0.1:9090"; may have a sub-path.
            token: a login's token, for a server in multi-user mode. The default single-user mode has no login at all.
            timeouts: in seconds. InvokeAI can be silent for a second while it starts an item, so stay above that.
            sign_in: returns a new token; called once for each call that finds the old one no longer accepted.

        Raises:
            RemoteRejected: the address cannot be used.
        """
        self._http = Http(base_url, service="InvokeAI", token=token, timeouts=timeouts)
        self._http.sign_in_with(sign_in)
        self._seen: Version | None = None
        self.queue = Queue(self._http, self._last_version)
        self.images = Images(self._http)
        self.models = Models(self._http, self._last_version)
        self.boards = Boards(self._http)
        self.accounts = Accounts(self._http)

    def __enter__(self) -> Self:
        """Return the client itself; leaving closes its connections."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        self._http.close()

    def version(self) -> Version:
        """Ask for the version. It needs no login and is the sign that a starting server is ready.

        The answer decides the endpoints of the calls that follow; ask again after each reconnect, since a server can be
        upgraded meanwhile.
        """
        answer = reading.mapping(self._http.get("/api/v1/app/version"), "version")
        self._seen = Version.parse(reading.text(answer, "version"))
        return self._seen

    def check(self) -> Version:
        """Find out whether this server can be used, and return its version.

        Raises:
            RemoteUnreachable: nothing there, no such name, too slow, or not InvokeAI; the sentence says which.
            RemoteBusy: it answers, but not now.
            RemoteRejected: too old, or a login is needed; the sentence says which.
        """
        version = self.version()
        if version < OLDEST_SUPPORTED:
            raise RemoteRejected(
                f"This is InvokeAI {version}. The gallery needs {OLDEST_SUPPORTED} or later: upgrade it."
            )
        if self._http.token is None and self.needs_login():
            raise RemoteRejected(NEEDS_LOGIN)
        self.queue.status()
        return version

    def needs_login(self) -> bool:
        """Tell whether the server is in multi-user mode, which exists from 6.12."""
        if self._last_version() < FIRST_WITH_LOGIN:
            return False
        answer = self._http.get("/api/v1/auth/status", absent={404})
        return isinstance(answer, dict) and answer.get("multiuser_enabled") is True

    def node_types(self) -> frozenset[str]:
        """Return the node types that graphs may use here; a server's configuration can deny any of them.

        The description they are read from is some 2 MB long.
        """
        answer = reading.mapping(self._http.get("/openapi.json"), "openapi.json")
        components = reading.mapping(answer.get("components"), "components")
        schemas = reading.mapping(components.get("schemas"), "schemas")
        return frozenset(name for schema in schemas.values() if (name := _node_type(schema)))

    def events(self) -> EventStream:
        """Return a stream of this server's events, not yet connected."""
        return EventStream(self._http.address.url, token=self._http.token)

    def _last_version(self) -> Version:
        return self._seen or self.version()


def _node_type(schema: Any) -> str | None:
    if not isinstance(schema, dict) or schema.get("class") != "invocation":
        return None
    kind = schema.get("properties", {}).get("type", {})
    name = kind.get("const") or kind.get("default")
    return name if isinstance(name, str) else None
