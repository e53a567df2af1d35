"""One thin layer over requests: a JSON call with limits, whose every mishap is one of the four errors."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from clients import failures
from clients.address import Address
from clients.errors import RemoteError, RemoteRejected, RemoteUnreachable

CHUNK = 64 * 1024
LARGEST_JSON = 64 * 1024 * 1024
# Gates in front of rented machines turn away libraries that do not say who they are.
USER_AGENT = "photo-gallery/1"
SignIn = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect: for the connection.
        read: for the next piece of the answer.
        whole: for a complete JSON answer, so that a trickle cannot hold a worker.
    """

    connect: float = 5.0
    read: float = 30.0
    whole: float = 120.0


class Bearer(AuthBase):
    """Put the token, if there is one, on each request; being an auth object it also keeps ``~/.netrc`` out."""

    def __init__(self, token: str | None) -> None:
        """Keep ``token`` where no ``repr`` shows it."""
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign one request."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Http:
    """Calls to one server. Keeps connections open; not to be shared between threads.

    Attributes:
        token: the newest one, since a server can renew it.
    """

    def __init__(
        self, base_url: str, *, service: str, token: str | None = None, timeouts: Timeouts | None = None
    ) -> None:
        """Prepare, without calling anybody.

        Args:
            base_url: http(s) address, with or without a sub-path.
            service: what messages call the server, such as "InvokeAI".
            token: sent as a bearer token, and only to this address.
            timeouts: see ``Timeouts``.

        Raises:
            RemoteRejected: the address cannot be used.
        """
        self.address = Address.parse(base_url)
        self.service = service
        self.timeouts = timeouts or Timeouts()
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        self._sign_in: SignIn | None = None
        self.sign_with(token)

    def __enter__(self) -> Self:
        """Return the caller itself; leaving closes its connections."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        self._session.close()

    def sign_with(self, token: str | None) -> None:
        """Use ``token`` from now on."""
        self.token = token
        self._session.auth = Bearer(token)

    def sign_in_with(self, sign_in: SignIn | None) -> None:
        """Have ``sign_in()`` called for a new token when the server no longer takes the old one."""
        self._sign_in = sign_in

    def get(self, path: str, params: Mapping[str, Any] | None = None, *, absent: Collection[int] = ()) -> Any:
        """GET a JSON answer; see ``call``."""
        return self.call("GET", path, params=params, absent=absent)

    def post(self, path: str, body: Any) -> Any:
        """POST a JSON body; see ``call``."""
        return self.call("POST", path, json=body)

    def put(self, path: str, body: Any = None, *, absent: Collection[int] = ()) -> Any:
        """PUT a JSON body; see ``call``."""
        return self.call("PUT", path, json=body, absent=absent)

    def deletes(self, path: str) -> bool:
        """DELETE what may be gone already; False when it was. See ``call``."""
        with self._open("DELETE", path) as response:
            body = self._body(response)
            if response.status_code == 404 and not _is_page(response):
                return False
            if not 200 <= response.status_code < 300:
                raise self._failure(response, body)
            if _is_page(response):
                raise failures.not_the_service(self.service, self.address.host)
            return True

    def call(self, method: str, path: str, *, absent: Collection[int] = (), **request: Any) -> Any:
        """Make one call and return the parsed JSON.

        Args:
            method: the HTTP method.
            path: begins with a slash, below the base address; its parts are quoted already.
            absent: statuses by which the service itself (not a proxy's page) says "no such thing": answered with None.
            request: ``params``, ``json``, ``files`` as requests takes them.

        Raises:
            RemoteUnreachable: no answer, or none that can be understood.
            RemoteBusy: asked to come back later.
            RemoteRejected: refused.
        """
        with self._open(method, path, **request) as response:
            body = self._body(response)
            if response.status_code in absent and not _is_page(response):
                return None
            if not 200 <= response.status_code < 300:
                raise self._failure(response, body)
            if response.status_code == 204:
                return None
            if not failures.is_json(response):
                raise failures.not_the_service(self.service, self.address.host)
            self._renew(response)
            return self._parsed(body)

    @contextmanager
    def stream(self, path: str, *, kind: str) -> Iterator[tuple[requests.Response, Iterator[bytes]]]:
        """Open a GET whose bytes come in pieces, uncompressed, so that Content-Length counts what arrives.

        Args:
            path: as in ``call``.
            kind: what the content type must begin with, such as "image/".

        Raises:
            RemoteError: as in ``call``; also while the pieces are read.
        """
        with self._open("GET", path, headers={"Accept-Encoding": "identity"}) as response:
            if not 200 <= response.status_code < 300:
                raise self._failure(response, self._body(response))
            if not response.headers.get("Content-Type", "").lower().startswith(kind):
                raise failures.not_the_service(self.service, self.address.host)
            yield response, self._pieces(response)

    @contextmanager
    def _open(self, method: str, path: str, **request: Any) -> Iterator[requests.Response]:
        response = self._send(method, path, **request)
        if response.status_code == 401 and self._sign_in and "files" not in request:
            response.close()
            self.sign_with(self._sign_in())
            response = self._send(method, path, **request)
        with response:
            yield response

    def _send(self, method: str, path: str, **request: Any) -> requests.Response:
        limits = (self.timeouts.connect, self.timeouts.read)
        try:
            return self._session.request(
                method, self.address.url + path, timeout=limits, stream=True, allow_redirects=False, **request
            )
        except (requests.RequestException, HTTPError, OSError) as failure:
            raise failures.connection_failure(failure, self.service, self.address.host) from None

    def _failure(self, response: requests.Response, body: bytes) -> RemoteError:
        return failures.status_failure(response, body, self.service, self.address.host)

    def _body(self, response: requests.Response) -> bytes:
        body = bytearray()
        deadline = time.monotonic() + self.timeouts.whole
        for piece in self._pieces(response):
            body += piece
            if len(body) > LARGEST_JSON:
                raise RemoteRejected(f"{self.service} sent a far larger answer than expected. Check the address.")
            if time.monotonic() > deadline:
                raise RemoteUnreachable(f"{self.service}'s answer came too slowly. Try again in a while.")
        return bytes(body)

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_content(CHUNK)
        except (requests.RequestException, HTTPError, OSError) as failure:
            raise failures.connection_failure(failure, self.service, self.address.host) from None

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise RemoteUnreachable(f"{self.service}'s answer came incomplete. Try again in a while.") from None

    def _renew(self, response: requests.Response) -> None:
        """Go on with the fresh token that InvokeAI (6.13+, multi-user) sends after each change."""
        if fresh := response.headers.get("X-Refreshed-Token"):
            self.sign_with(fresh)


def _is_page(response: requests.Response) -> bool:
    return "html" in response.headers.get("Content-Type", "").lower()
