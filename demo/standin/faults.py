"""Puts the HTTP faults of ``Misbehaviour`` between a client and the routes."""

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from demo.standin.answers import html
from demo.standin.backend import Backend
from demo.standin.errors import Refused
from demo.standin.sockets import PATH as SOCKET_PATH
from demo.standin.switches import Misbehaviour


def misbehaving(backend: Backend) -> Middleware:
    """Return the middleware that spoils requests and answers."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        faults = backend.faults
        if request.path.startswith(SOCKET_PATH):
            return await handler(request)
        if faults.touches(request.path):
            await asyncio.sleep(faults.delay)
            if spoiled := _instead(request, faults):
                return spoiled
        response = await handler(request)
        return await _afterwards(request, response, faults)

    return middleware


def _instead(request: web.Request, faults: Misbehaviour) -> web.Response | None:
    if faults.happens("refuse"):
        return _cut(request)
    if faults.happens("unavailable"):
        return web.Response(status=503, text="Service Unavailable")
    if faults.happens("html"):
        return html()
    if request.path.endswith("/full") and faults.happens("missing_image"):
        raise Refused(404, "Not Found")
    return None


async def _afterwards(request: web.Request, response: web.StreamResponse, faults: Misbehaviour) -> web.StreamResponse:
    if request.path.endswith("/enqueue_batch") and response.status == 200 and faults.happens("lost_enqueue_answers"):
        return _cut(request)
    if not faults.touches(request.path) or not isinstance(response, web.Response):
        return response
    if faults.happens("lost_answers"):
        return _cut(request)
    return await _damaged(request, response, faults)


async def _damaged(request: web.Request, response: web.Response, faults: Misbehaviour) -> web.StreamResponse:
    content = response.body if isinstance(response.body, bytes) else b""
    if response.content_type == "application/json" and faults.happens("truncated_json"):
        return _with(response, content[: len(content) // 2])
    if request.method != "GET" or not request.path.endswith("/full") or response.status != 200:
        return response
    if faults.happens("half_png"):
        return _with(response, content[: len(content) // 2])
    if faults.happens("corrupt_png"):
        return _with(response, corrupted(content))
    if faults.happens("truncated_image"):
        return await _broken_off(request, response, content)
    return response


def corrupted(content: bytes) -> bytes:
    """Return a PNG of the same length whose pixels cannot be decoded."""
    middle = len(content) // 2
    damage = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    return content[:middle] + damage + content[middle + len(damage) :]


def _with(response: web.Response, content: bytes) -> web.Response:
    return web.Response(body=content, status=response.status, content_type=response.content_type)


async def _broken_off(request: web.Request, response: web.Response, content: bytes) -> web.StreamResponse:
    begun = web.StreamResponse(headers={"Content-Type": response.content_type, "Content-Length": str(len(content))})
    await begun.prepare(request)
    await begun.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.close()
    return begun


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
