"""The API, version 2, as far as the gallery uses it; what was retired says so."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from demo.runpod import bills, requests, world
from demo.runpod.pods import ACTIONS, FakePod
from demo.runpod.world import CARDS, PLACES, Asked, World

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
RATES = {"RateLimit": '"default";r=59;t=60', "RateLimit-Policy": '"default";q=60;w=60'}
CLOUDFLARE = "<!doctype html><title>Access denied</title>error code: 1010"
NO_MACHINE = (
    "There are no longer any instances available with the requested specifications. Please refresh and try again."
)
CARD_TAKEN = "There are not enough free GPUs on the host machine to start this pod."


class Problem(Exception):
    """A refusal in RunPod's words."""

    def __init__(self, status: int, detail: str, *, errors: list[str] | None = None, key: str = "detail") -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.key = status, detail, errors, key


class Api:
    """Answers the calls, and notes them in the journal."""

    def __init__(self, world: World, changed: Callable[[FakePod], Awaitable[None]]) -> None:
        """Have ``changed`` told when a pod is stopped, deleted or started."""
        self.world = world
        self.changed = changed

    def add_to(self, app: web.Application) -> None:
        """Give the application the addresses."""
        for method, path, handler in (
            ("GET", "/v2/pods", self.pods),
            ("POST", "/v2/pods", self.create),
            ("GET", "/v2/pods/{id}", self.pod),
            ("DELETE", "/v2/pods/{id}", self.delete),
            ("POST", "/v2/pods/{id}/action", self.act),
            ("GET", "/v2/pods/{id}/logs", self.logs),
            ("GET", "/v2/catalog/gpus", self.cards),
            ("GET", "/v2/catalog/datacenters", self.data_centers),
            ("GET", "/v2/network-volumes", self.volumes),
            ("GET", "/v2/billing/pods", self.billing),
        ):
            app.router.add_route(method, path, self._guarded(handler))
        for retired in ("/v1/{rest:.*}", "/graphql"):
            app.router.add_route("*", retired, self._retired)

    async def pods(self, request: web.Request) -> web.StreamResponse:
        """List the pods; there are no filters, and unknown ones are ignored."""
        size = self.world.quirks.page_size or _limit(request.query.get("limit", "1000"))
        begin = _cursor(request.query.get("cursor", "page0"))
        present = [self.world.told(pod) for pod in self.world.present()]
        page = present[begin : begin + size]
        more = begin + size < len(present)
        answer: Json = {"pods": page}
        if self.world.quirks.broken_pagination:
            answer["pagination"] = {"nextCursor": None}
        elif not self.world.quirks.no_pagination:
            answer["pagination"] = {"hasNextPage": more, "nextCursor": f"page{begin + size}" if more else None}
        return _json(answer)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """Rent a pod."""
        quirks, text = self.world.quirks, await request.text()
        if len(text.encode()) > requests.LARGEST:
            raise Problem(413, "Request body too large")
        body = json.loads(text)
        if errors := requests.faults(body):
            raise Problem(422, "The request does not fit the schema", errors=errors)
        if rule := requests.broken_rule(body):
            raise Problem(400, rule)
        if quirks.no_funds:
            raise Problem(402, "Insufficient balance")
        if quirks.no_pool or body["gpu"]["id"] in quirks.barred_cards:
            raise Problem(403, "Your account has no access to this pool")
        self._check_places(body)
        if body["gpu"]["id"] in quirks.taken_cards or quirks.happens("no_capacity"):
            raise Problem(400, NO_MACHINE)
        pod = self.world.rent(body)
        if quirks.happens("doubled"):
            self.world.rent(body)
        return _json(self.world.told(pod), 201)

    async def pod(self, request: web.Request) -> web.StreamResponse:
        """Show one pod."""
        return _json(self.world.told(self._found(request)))

    async def delete(self, request: web.Request) -> web.StreamResponse:
        """Delete a pod."""
        pod = self._found(request)
        self.world.terminate(pod)
        await self.changed(pod)
        return web.Response(status=204)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Start, stop, restart or delete."""
        pod, body = self._found(request), await request.json()
        action = body.get("action")
        if action not in ("start", "stop", "restart", "terminate") or set(body) != {"action"}:
            raise Problem(422, "Unknown action", errors=["action: must be start, stop, restart or terminate"])
        allowed = ACTIONS.get(self.world.status(pod), ["stop", "terminate"])
        if action not in allowed or (action == "stop" and self.world.quirks.locked):
            raise Problem(409, f"Action {action} is not valid in status {self.world.status(pod)}")
        if action == "start":
            self._start(pod)
        elif action == "stop":
            self.world.stop(pod)
        elif action == "terminate":
            self.world.terminate(pod)
        await self.changed(pod)
        return web.Response(status=204) if action == "terminate" else _json(self.world.told(pod))

    async def logs(self, request: web.Request) -> web.StreamResponse:
        """Tell the last lines, then hold the line for a while as the real one does."""
        self._found(request)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for line in ("create container example/invokeai:1", "start container"):
            event = {"source": "system", "line": line, "ts": self.world.clock().isoformat()}
            await response.write(f"id: 1\ndata: {json.dumps(event)}\n\n".encode())
        await asyncio.sleep(0.05)
        return response

    async def cards(self, request: web.Request) -> web.StreamResponse:
        """Show the catalogue."""
        if ("include" in request.query) != ("product" in request.query):
            raise Problem(400, "include and product belong together")
        found = []
        for card, (name, memory, secure, community) in CARDS.items():
            price = {"secure": float(secure or 0), "community": float(community or 0)}
            if card in self.world.quirks.missing_cards:
                continue
            stock = self.world.quirks.availability
            places = [{"id": place, "name": PLACES[place], "availability": stock} for place in world.places_of(card)]
            found.append(
                {
                    "id": card,
                    "name": name,
                    "manufacturer": "Nvidia",
                    "memory": memory,
                    "secure": bool(secure),
                    "community": bool(community),
                    "price": price,
                    "maxCount": {"secure": 8, "community": 4},
                    "availability": stock,
                    "dataCenters": places,
                    "cudaVersions": [],
                }
            )
        return _json({"gpus": found})

    async def data_centers(self, _request: web.Request) -> web.StreamResponse:
        """Show the places."""
        return _json({"dataCenters": [{"id": place, "name": name} for place, name in PLACES.items()]})

    async def volumes(self, _request: web.Request) -> web.StreamResponse:
        """Show the network volumes."""
        return _json({"networkVolumes": list(self.world.volumes.values())})

    async def billing(self, request: web.Request) -> web.StreamResponse:
        """Tell what pods cost, by hour or by day."""
        now, bucket = self.world.clock(), request.query.get("bucketSize", "day")
        if bucket not in bills.BUCKETS:
            raise Problem(422, "Unknown bucket", errors=["bucketSize: the stand-in knows hour and day"])
        since, until = _moment(request, "startTime", now - timedelta(days=30)), _moment(request, "endTime", now)
        found = bills.records(self.world, since, until, bucket)
        return _json({"records": found, "metadata": {"recordCount": len(found)}})

    def _check_places(self, body: Json) -> None:
        if body["gpu"]["id"] not in CARDS:
            raise Problem(404, "GPU type not found")
        wanted = body.get("dataCenterIds", [])
        for mount in body.get("mounts", {}).get("network", []):
            volume = self.world.volumes.get(mount["volumeId"])
            if volume is None:
                raise Problem(404, "Network volume not found")
            if wanted and volume["dataCenter"] not in wanted:
                raise Problem(400, NO_MACHINE)

    def _start(self, pod: FakePod) -> None:
        if self.world.quirks.happens("start_refused"):
            raise Problem(400, CARD_TAKEN, key=self.world.quirks.start_refused_as)
        self.world.start(pod)

    def _found(self, request: web.Request) -> FakePod:
        pod = self.world.pods.get(request.match_info["id"])
        if pod is None or (pod.terminated and not self.world.quirks.terminated_lingers):
            raise Problem(404, "Pod not found")
        return pod

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            self.world.settle()
            call = f"{request.method} {request.path}"
            response: web.StreamResponse | None = self._before(request, call)
            if response is None:
                try:
                    response = await handler(request)
                except Problem as problem:
                    response = _problem(problem)
            await self._note(request, response.status)
            return self._spoiled(request, response, call)

        return guarded

    def _before(self, request: web.Request, call: str) -> web.Response | None:
        quirks = self.world.quirks
        if quirks.concerns(call):
            if quirks.happens("cloudflare"):
                return web.Response(status=403, text=CLOUDFLARE, content_type="text/html")
            if quirks.happens("too_many"):
                return _problem(Problem(429, "Rate limit exceeded"), {"Retry-After": "7"})
            if quirks.happens("faults"):
                return web.Response(status=500, text="upstream failure")
            if quirks.retired:
                return _problem(Problem(410, "This API version has been retired"))
        if quirks.wrong_key or request.headers.get("Authorization") != f"Bearer {self.world.key}":
            return _problem(Problem(401, "Unauthorized"))
        return None

    def _spoiled(self, request: web.Request, response: web.StreamResponse, call: str) -> web.StreamResponse:
        quirks = self.world.quirks
        if quirks.concerns(call) and response.status < 300:
            if quirks.happens("late_faults"):
                return web.Response(status=502, text="bad gateway")
            if quirks.happens("lost_answers"):
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            if isinstance(response, web.Response) and isinstance(response.body, bytes) and quirks.happens("malformed"):
                half = response.body[: len(response.body) // 2]
                return web.Response(status=response.status, body=half, content_type="application/json")
        return response

    async def _note(self, request: web.Request, status: int) -> None:
        body: Json = {}
        if request.method == "POST" and request.body_exists:
            sent = json.loads(await request.text() or "{}")
            body = {key: value for key, value in sent.items() if key != "env"} if isinstance(sent, dict) else {}
        self.world.journal.append(Asked(self.world.clock(), request.method, request.path, status, body))

    async def _retired(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"message": "This API version has been retired"}, status=410)


def _json(value: Json, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, headers={**RATES, "x-request-id": "req_standin"})


def _problem(problem: Problem, headers: dict[str, str] | None = None) -> web.Response:
    told: Json = {"title": "Request failed", "status": problem.status, problem.key: problem.detail}
    if problem.errors:
        told["errors"] = problem.errors
    return web.json_response(
        told, status=problem.status, headers=headers or {}, content_type="application/problem+json"
    )


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise Problem(422, "limit must be from 1 to 1000", errors=["limit: out of range"])
    return int(text)


def _cursor(text: str) -> int:
    if not text.startswith("page") or not text[4:].isdigit():
        raise Problem(422, "malformed cursor", errors=["cursor: malformed"])
    return int(text[4:])


def _moment(request: web.Request, name: str, otherwise: datetime) -> datetime:
    text = request.query.get(name)
    return datetime.fromisoformat(text) if text else otherwise
