"""Telling the owner which address to open, once it answers."""

import http.client

from django.conf import settings

from gallery_project.launching.logs import show

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


def base_address() -> str:
    """Return the address people use: the first allowed host over HTTPS, else this machine and port."""
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    host = nearby_host()
    return f"http://[{host}]:{settings.PORT}" if ":" in host else f"http://{host}:{settings.PORT}"


def nearby_host() -> str:
    """Return where the server is reached from this machine."""
    return ANYWHERE.get(settings.HOST, settings.HOST)


def answers() -> bool:
    """Return True when the web server gives any healthy answer."""
    server = http.client.HTTPConnection(nearby_host(), settings.PORT, timeout=1)
    try:
        server.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"})
        return server.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        server.close()


class Announcement:
    """The one line the owner waits for, said once."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_said = False

    def try_to_say(self) -> None:
        """Say it if the server answers by now."""
        if not self.is_said and answers():
            self.is_said = True
            what = "The demo" if settings.DEMO else "The gallery"
            show(f"\n  {what} is ready. Open {self.address}\n  Ctrl-C stops it.\n")
