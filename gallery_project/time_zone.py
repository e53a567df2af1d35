"""The time zone of the machine, for an owner who named none."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from gallery_project.environment import env_text

LOCAL_TIME = Path("/etc/localtime")


def env_time_zone(name: str) -> str:
    """Return the zone that the variable ``name`` gives, else the machine's.

    Raises:
        ImproperlyConfigured: when it is not the name of a time zone.
    """
    zone = env_text(name)
    if zone and not is_time_zone(zone):
        raise ImproperlyConfigured(f"{name} must be the name of a time zone such as Europe/Berlin, not “{zone}”.")
    return zone or machine_time_zone()


def machine_time_zone() -> str:
    """Return the zone named by ``TZ``, else by the link at ``/etc/localtime``, else UTC."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone(LOCAL_TIME)):
        if is_time_zone(name):
            return name
    return "UTC"


def is_time_zone(name: str) -> bool:
    """Return True for a name such as Europe/Berlin that this machine knows."""
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (OSError, LookupError, ValueError):
        return False


def _linked_zone(link: Path) -> str:
    return str(link.resolve()).partition("/zoneinfo/")[2]
