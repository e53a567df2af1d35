"""Accounts of an InvokeAI in multi-user mode, which exists from 6.12."""

from dataclasses import dataclass, field
from typing import Any, Self

from clients.errors import RemoteRejected
from clients.http import Http
from clients.invokeai import reading

AUTH = "/api/v1/auth"
WRONG_PASSWORD = "InvokeAI does not accept the gallery’s own name and password there."  # noqa: S105 - a sentence


@dataclass(frozen=True, slots=True)
class AccountsStatus:
    """Whether there are accounts, and whether the first one is still to be made, by whoever comes first."""

    is_multiuser: bool
    needs_set_up: bool

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read the answer of ``auth/status``."""
        source = reading.mapping(answer, "status")
        return cls(source.get("multiuser_enabled") is True, source.get("setup_required") is True)


@dataclass(frozen=True, slots=True)
class Login:
    """A token and how many seconds it is good for."""

    token: str = field(repr=False)
    expires_in: int

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        """Read the answer of ``auth/login``."""
        source = reading.mapping(answer, "login")
        return cls(reading.text(source, "token"), reading.optional_whole(source, "expires_in") or 86_400)


class Accounts:
    """The door of one server."""

    def __init__(self, http: Http) -> None:
        """Share the client's connection."""
        self._http = http

    def status(self) -> AccountsStatus:
        """Ask how the door stands; an older server has none."""
        answer = self._http.get(f"{AUTH}/status", absent={404})
        return AccountsStatus.from_json(answer or {})

    def set_up(self, email: str, password: str, *, name: str) -> None:
        """Make the first account, an administrator; only the first caller can.

        Raises:
            RemoteRejected: somebody was first, or the password is too weak.
        """
        self._http.post(f"{AUTH}/setup", {"email": email, "display_name": name, "password": password})

    def log_in(self, email: str, password: str) -> Login:
        """Return a token for a week.

        Raises:
            RemoteRejected: wrong password (status 401), or accounts are off or ours is disabled (403).
        """
        body = {"email": email, "password": password, "remember_me": True}
        try:
            return Login.from_json(self._http.post(f"{AUTH}/login", body))
        except RemoteRejected as refusal:
            if refusal.status not in (401, 403):
                raise
            raise RemoteRejected(WRONG_PASSWORD, status=refusal.status) from None
