"""Where a server is: a base address taken apart once, so that no message can show more of it than the host."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from clients.errors import RemoteRejected


@dataclass(frozen=True, slots=True)
class Address:
    """A base address without a slash at its end.

    Attributes:
        url: what paths are appended to.
        host: scheme, name and port, for messages.
        path: the part after the host when the server sits below a sub-path, else empty.
    """

    url: str
    host: str
    path: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``text``, refusing what could not be called or should not be kept in an address.

        Raises:
            RemoteRejected: it is no http(s) address, or it holds a name and password, a query or a fragment.
        """
        try:
            parts = urlsplit(text.strip())
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise RemoteRejected("The server's address cannot be read. Correct it in Settings.") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RemoteRejected("The server's address must begin with http:// or https://. Correct it in Settings.")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise RemoteRejected("The server's address may hold no name, password or query. Correct it in Settings.")
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        host, path = f"{parts.scheme}://{name}{port}", parts.path.rstrip("/")
        return cls(url=host + path, host=host, path=path)
