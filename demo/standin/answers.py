"""Requests in, answers out: what all routes share."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from demo.standin.errors import Invalid, Refused, issue, missing
from demo.standin.versions import FIRST, LAST, Version

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8" /><title>Invoke - Community Edition</title></head>
<body><div id="root"></div></body>
</html>
"""


@dataclass(frozen=True)
class Route:
    """One address, and the versions that have it."""

    method: str
    path: str
    handler: Handler
    since: Version = FIRST
    until: Version = LAST

    def exists_in(self, version: Version) -> bool:
        """Tell whether a server of this version knows the address."""
        return self.since <= version < self.until


def answer(value: object, status: int = 200, **headers: str) -> web.Response:
    """Answer with JSON."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return web.Response(
        body=text.encode(), status=status, headers={**headers, "Content-Type": "application/json", "Vary": "Origin"}
    )


def html() -> web.Response:
    """Answer with the page of the web UI, as unknown addresses do."""
    return web.Response(text=PAGE, content_type="text/html")


async def body(request: web.Request) -> object:
    """Return the JSON that was sent; None when there is nothing."""
    text = await request.text()
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        said = str(error).split(":")[0]
        raise Invalid([issue("json_invalid", ["body", 0], "JSON decode error", {}, error=said)]) from error


async def body_field(request: web.Request, name: str) -> list[object]:
    """Return one list from the JSON that was sent."""
    sent = await body(request)
    if not isinstance(sent, dict) or name not in sent:
        raise Invalid([missing(["body", name])])
    return list(sent[name])


def path_number(request: web.Request, name: str) -> int:
    """Return a number from the address."""
    return _number(request.match_info[name], ["path", name])


def query_number(request: web.Request, name: str, default: int, most: int | None = None) -> int:
    """Return a number from the query."""
    value = _number(request.query.get(name, str(default)), ["query", name])
    if most is not None and value > most:
        said = f"Input should be less than or equal to {most}"
        raise Invalid([issue("less_than_equal", ["query", name], said, request.query[name], le=most)])
    return value


def query_flag(request: web.Request, name: str, *, default: bool) -> bool:
    """Return yes or no from the query."""
    return request.query.get(name, str(default)).lower() in ("true", "1", "yes", "on")


def query_choice(request: web.Request, name: str, choices: tuple[str, ...], default: str) -> str:
    """Return one of a few words from the query."""
    value = request.query.get(name, default)
    if value not in choices:
        quoted = [f"'{choice}'" for choice in choices]
        expected = ", ".join(quoted[:-1]) + " or " + quoted[-1]
        raise Invalid([issue("enum", ["query", name], f"Input should be {expected}", value, expected=expected)])
    return value


def required_query(request: web.Request, *names: str) -> list[str]:
    """Return values from the query that must be there."""
    if absent := [name for name in names if name not in request.query]:
        raise Invalid([missing(["query", name]) for name in absent])
    return [request.query[name] for name in names]


def _number(text: str, loc: list[object]) -> int:
    try:
        return int(text)
    except ValueError as error:
        said = "Input should be a valid integer, unable to parse string as an integer"
        raise Invalid([issue("int_parsing", loc, said, text)]) from error


def refusal(refused: Refused) -> web.Response:
    """Answer with an error status."""
    return answer({"detail": refused.detail}, refused.status)
