"""What the apps above tell of the work on a server, because the pods must not know them.

Registered in ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """The work on one server: requests waiting to be sent, requests there, pictures not yet fetched."""

    waiting: int = 0
    running: int = 0
    unfetched: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nobody needs the server."""
        return not (self.waiting or self.running or self.unfetched)

    @property
    def is_finished(self) -> bool:
        """Whether nothing of ours is left there; what waits here may wait on."""
        return not (self.running or self.unfetched)


Ask = Callable[[str], Load]
Hurry = Callable[[str], None]

_asks: list[Ask] = []
_hurries: list[Hurry] = []


def tell_of_load(ask: Ask) -> None:
    """Have ``ask(server)`` counted as work."""
    if ask not in _asks:
        _asks.append(ask)


def on_ready(hurry: Hurry) -> None:
    """Have ``hurry(server)`` called when a server can be used from now on."""
    if hurry not in _hurries:
        _hurries.append(hurry)


def load_on(server: str) -> Load:
    """Return all the work on a server."""
    loads = [ask(server) for ask in _asks]
    return Load(
        sum(load.waiting for load in loads),
        sum(load.running for load in loads),
        sum(load.unfetched for load in loads),
    )


def hurry(server: str) -> None:
    """Tell everybody that a server can be used."""
    for each in _hurries:
        each(server)
