"""The first visit: whoever holds the one-time key of the data folder becomes the owner, once."""

import logging
import secrets
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.urls import reverse

from lib import private_file
from settings_app.models import ApplicationSettings

log = logging.getLogger(__name__)


class AlreadyClaimed(Exception):
    """Somebody was first; the library has an owner."""


def has_owner() -> bool:
    """Tell whether anybody can sign in as the owner."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def welcome_address(base_url: str) -> str | None:
    """Return the address that lets its visitor claim the library, or None when it has an owner.

    Args:
        base_url: scheme, host and port the gallery answers at.
    """
    if has_owner():
        return None
    return f"{base_url.rstrip('/')}{reverse('settings_app:welcome')}?{urlencode({'key': key()})}"


def key() -> str:
    """Return the one-time key, making its file on first use; only the user who runs the gallery can read it."""
    return private_file.read_or_make(_key_file(), lambda: secrets.token_urlsafe(24))


def is_key(text: str) -> bool:
    """Tell whether ``text`` is the one-time key, in a time that tells nothing about it."""
    return secrets.compare_digest(text.encode(), key().encode())


def claim(username: str, password: str) -> User:
    """Make the owner, and use up the key.

    The settings' row names its owner by one conditional UPDATE, so that of two tabs, processes or machines only one
    succeeds; what the other had made is rolled back.

    Raises:
        AlreadyClaimed: there is an owner.
    """
    ApplicationSettings.load()
    try:
        with transaction.atomic():
            owner = _make_owner(username, password)
    except IntegrityError as error:  # the other one chose the same name
        raise AlreadyClaimed from error
    _key_file().unlink(missing_ok=True)
    log.info("the library was claimed")
    return owner


def _make_owner(username: str, password: str) -> User:
    if has_owner():
        raise AlreadyClaimed
    owner = User.objects.create_superuser(username, password=password)
    if not ApplicationSettings.objects.name_owner(owner):
        raise AlreadyClaimed
    return owner


def _key_file() -> Path:
    return Path(settings.DATA_DIR) / "welcome-key"
