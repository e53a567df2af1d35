"""The watch inside a rented pod, which ends the pod when it no longer hears the gallery."""

from typing import Self

from clients.http import Http, Timeouts


class PodWatch:
    """The watch of one pod."""

    def __init__(self, base_url: str, *, word: str, timeouts: Timeouts | None = None) -> None:
        """Prepare, without calling anybody.

        Args:
            base_url: where its port is reached.
            word: what it knows the gallery by; never in an address, a message or a log.
            timeouts: in seconds.
        """
        self._http = Http(base_url, service="The pod’s watch", token=word, timeouts=timeouts)

    def __enter__(self) -> Self:
        """Return the client itself; leaving closes its connections."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the connections."""
        self._http.close()

    def hear(self) -> None:
        """Have it hear that the gallery is there.

        Raises:
            RemoteError: it did not.
        """
        self._http.call("POST", "/alive")
