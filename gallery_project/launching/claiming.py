"""Making sure that the port and the data folder are free, before anything is touched."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gallery_project.launching.errors import LaunchError


def need_free_port(host: str, port: int) -> None:
    """Find out whether a server could listen there.

    Raises:
        LaunchError: when it could not.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except PermissionError as error:
        raise LaunchError(f"This user may not listen on port {port}. Set GALLERY_PORT to 1024 or more.") from error
    except socket.gaierror as error:
        raise LaunchError(f"GALLERY_HOST is not an address of this machine: {host}.") from error
    except OSError as error:
        raise LaunchError(
            f"Port {port} on {host} is taken ({error.strerror}). Stop what uses it, or set GALLERY_PORT to another."
        ) from error


@contextmanager
def only_launcher(folder: Path) -> Iterator[None]:
    """Hold the data folder for one launcher. The claim ends with the process, however that ends.

    Raises:
        LaunchError: when another launcher holds it.
    """
    with (folder / "running.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LaunchError(f"The gallery already runs with the data folder {folder}.") from error
        yield
