"""The only place that builds clients: which server is in use, and how to reach any server ever used."""

from clients.address import Address
from clients.errors import RemoteRejected
from clients.http import Timeouts
from clients.invokeai import EventStream, InvokeAI
from settings_app.choices import BackendMode
from settings_app.models import ApplicationSettings

NO_REMOTE_ADDRESS = "No address of a rented InvokeAI is set. Enter one in Settings, or use your own GPU."
NO_SERVER = "It is not known which server this belongs to."


def current_server() -> str:
    """Return the identity of the server in use, as it is stored beside what is sent there.

    It is the normalised address: no slash at the end, host in small letters.

    Raises:
        RemoteRejected: no usable address is set; the sentence says what to do.
    """
    settings = ApplicationSettings.load()
    if settings.backend_mode == BackendMode.REMOTE:
        return server_at(settings.remote_backend_url or "", missing=NO_REMOTE_ADDRESS)
    return server_at(settings.local_backend_url)


def server_at(address: str, *, missing: str = NO_SERVER) -> str:
    """Return the identity of the server at ``address``.

    Raises:
        RemoteRejected: the address is empty (with the sentence ``missing``), or cannot be used.
    """
    if not address.strip():
        raise RemoteRejected(missing)
    return Address.parse(address).url


def invokeai(*, timeouts: Timeouts | None = None) -> InvokeAI:
    """Return a client of the server in use, without calling it.

    Raises:
        RemoteRejected: no usable address is set.
    """
    return invokeai_for(current_server(), timeouts=timeouts)


def invokeai_for(server: str, *, timeouts: Timeouts | None = None) -> InvokeAI:
    """Return a client of ``server``, which may not be the one in use any more.

    Args:
        server: an identity, as ``current_server`` gave it once.
        timeouts: in seconds; the client's own when None.

    Raises:
        RemoteRejected: it is empty or cannot be used.
    """
    return InvokeAI(server_at(server), timeouts=timeouts)


def events_for(server: str) -> EventStream:
    """Return the stream of events of ``server``, not yet connected.

    Raises:
        RemoteRejected: the identity is empty or cannot be used.
    """
    return invokeai_for(server).events()
