"""Strict readers for environment variables: a wrong value stops the start with one clear sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


def env_text(name: str, default: str = "") -> str:
    """Return the variable without surrounding space, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    """Return a switch.

    Raises:
        ImproperlyConfigured: for anything but 1, 0, true or false.
    """
    text = env_text(name).lower()
    if not text:
        return default
    if text not in _BOOLEANS:
        raise ImproperlyConfigured(f"{name} must be 1, 0, true or false, not “{text}”.")
    return _BOOLEANS[text]


def env_int(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number between ``low`` and ``high``, both included.

    Raises:
        ImproperlyConfigured: for anything else.
    """
    text = env_text(name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not “{text}”.")
    return int(text)


def env_choice(name: str, default: str, choices: list[str]) -> str:
    """Return one of ``choices``, however its letters are written.

    Raises:
        ImproperlyConfigured: for anything else.
    """
    text = env_text(name, default).upper()
    if text not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not “{text}”.")
    return text


def env_list(name: str, default: str = "") -> list[str]:
    """Return the parts of a comma-separated value, empty ones left out."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_secret(name: str) -> str:
    """Return a secret given by ``NAME``, or by the file that ``NAME_FILE`` points to; empty when neither is set.

    Raises:
        ImproperlyConfigured: when the file cannot be read or is empty.
    """
    path = env_text(f"{name}_FILE")
    if not path:
        return env_text(name)
    try:
        secret = Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error
    if not secret:
        raise ImproperlyConfigured(f"{name}_FILE names an empty file.")
    return secret
