"""Multi-user mode: accounts, logins, and the door that lets nobody else in."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from demo.standin.answers import Route, answer, body
from demo.standin.errors import Json, Refused
from demo.standin.versions import Version

if TYPE_CHECKING:
    from demo.standin.backend import Backend

OPEN = ("/api/v1/app/version", "/api/v1/auth/")
A_WEEK = 604_800
FIRST_WITH_ACCOUNTS = Version(6, 12)


@dataclass
class Accounts:
    """Who may come in. Off, as a server starts by itself, everybody may."""

    is_on: bool = False
    passwords: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def admit(self, request: web.Request) -> bool:
        """Tell whether a request may pass."""
        if not self.is_on or request.path.startswith(OPEN):
            return True
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens

    def log_in(self, email: str, password: str) -> str | None:
        """Return a new token, or None."""
        if not email or self.passwords.get(email) != password:
            return None
        token = secrets.token_hex(16)
        self.tokens.add(token)
        return token


class AccountRoutes:
    """The addresses of the door."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("GET", "/api/v1/auth/status", self.status, since=FIRST_WITH_ACCOUNTS),
            Route("POST", "/api/v1/auth/setup", self.set_up, since=FIRST_WITH_ACCOUNTS),
            Route("POST", "/api/v1/auth/login", self.log_in, since=FIRST_WITH_ACCOUNTS),
        ]

    async def status(self, _request: web.Request) -> web.Response:
        """Tell how the door stands."""
        accounts = self.backend.accounts
        return answer(
            {
                "setup_required": accounts.is_on and not accounts.passwords,
                "multiuser_enabled": accounts.is_on,
                "strict_password_checking": False,
                "admin_email": next(iter(accounts.passwords), None),
            }
        )

    async def set_up(self, request: web.Request) -> web.Response:
        """Make the first account; whoever comes first is administrator."""
        sent = await _sent(request)
        if not self.backend.accounts.is_on:
            raise Refused(403, "Multiuser mode is disabled")
        if self.backend.accounts.passwords:
            raise Refused(400, "Administrator account already configured")
        self.backend.accounts.passwords[str(sent["email"])] = str(sent["password"])
        return answer({"success": True, "user": {"email": sent["email"], "is_admin": True}})

    async def log_in(self, request: web.Request) -> web.Response:
        """Give a token."""
        sent = await _sent(request)
        if not self.backend.accounts.is_on:
            raise Refused(403, "Multiuser mode is disabled")
        token = self.backend.accounts.log_in(str(sent.get("email")), str(sent.get("password")))
        if token is None:
            raise Refused(401, "Incorrect email or password")
        user = {"email": sent["email"], "is_admin": True, "is_active": True}
        return answer({"token": token, "user": user, "expires_in": A_WEEK if sent.get("remember_me") else 86_400})


def guarding(backend: "Backend") -> Middleware:
    """Return the middleware that turns away whoever is not logged in."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not backend.accounts.admit(request):
            raise Refused(401, "Authentication required")
        return await handler(request)

    return middleware


async def _sent(request: web.Request) -> Json:
    sent = await body(request)
    return sent if isinstance(sent, dict) else {}
