"""Mistakes of configuration, told at each start of a command."""

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning

# What can be wrong with a machine rather than with the code: the launcher asks for these alone, as they are quick.
CONFIGURATION = "configuration"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1"}


@register(CONFIGURATION)
def check_queue(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A message's lease runs from when it is fetched, so it must outlast all that a cluster holds at once."""
    queue = settings.Q_CLUSTER
    needed = queue["timeout"] * (queue["queue_limit"] + 3)
    if queue["retry"] >= needed:
        return []
    return [
        Error(f"Q_CLUSTER's retry must be at least {needed}: timeout × (queue_limit + 3).", id="gallery_project.E001")
    ]


@register(CONFIGURATION)
def check_trusted_origins(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An origin is a scheme and a host; a path or a slash at the end would never match."""
    return [
        Error(
            f"GALLERY_TRUSTED_ORIGINS: “{origin}” must look like https://gallery.example.org", id="gallery_project.E002"
        )
        for origin in settings.CSRF_TRUSTED_ORIGINS
        if not _is_origin(origin)
    ]


@register(CONFIGURATION)
def check_allowed_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A host is a bare name; people paste whole addresses."""
    return [
        Error(
            f"GALLERY_ALLOWED_HOSTS: “{host}” must be a name without scheme, port or path.", id="gallery_project.E003"
        )
        for host in settings.ALLOWED_HOSTS
        if "/" in host or (":" in host and not host.startswith("[") and host != settings.HOST)
    ]


@register(CONFIGURATION, Tags.security)
def check_data_folder(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Pictures and keys are the owner's alone."""
    folder = Path(settings.DATA_DIR)
    if not folder.exists() or not stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return []
    hint = f"chmod 700 '{folder}'"
    return [
        CheckWarning("Other users of this machine can enter the data folder.", hint=hint, id="gallery_project.W001")
    ]


@register(Tags.security, deploy=True)
def check_served_name(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy the gallery must know the name people use."""
    if set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS:
        return []
    return [CheckWarning("GALLERY_ALLOWED_HOSTS names this machine alone.", id="gallery_project.W002")]


def _is_origin(origin: str) -> bool:
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and f"{parts.scheme}://{parts.netloc}" == origin
