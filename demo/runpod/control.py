"""A page of switches for trying things by hand: ``POST /control {"quirks": {"no_capacity": 2}, "advance": 60}``."""

from typing import Any

from aiohttp import web

from demo.runpod.world import SteppedClock, World


class Control:
    """What a person, or a test in another process, may turn."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_to(self, app: web.Application) -> None:
        """Give the application the addresses."""
        app.router.add_get("/control", self.show)
        app.router.add_post("/control", self.turn)

    async def show(self, _request: web.Request) -> web.Response:
        """Tell pods, quirks, what it costs and what was asked."""
        return web.json_response(self._state())

    async def turn(self, request: web.Request) -> web.Response:
        """Turn quirks on or off, let time pass, stop or delete all pods as if on RunPod's own page."""
        wanted: dict[str, Any] = await request.json()
        for quirk, value in wanted.get("quirks", {}).items():
            if not hasattr(self.world.quirks, quirk):
                raise web.HTTPBadRequest(text=f"no such quirk: {quirk}")
            setattr(self.world.quirks, quirk, value)
        if isinstance(self.world.clock, SteppedClock):
            self.world.clock.advance(seconds=wanted.get("advance", 0))
        for pod in self.world.present():
            if wanted.get("stop_all"):
                self.world.stop(pod)
            if wanted.get("terminate_all"):
                self.world.terminate(pod)
        return web.json_response(self._state())

    def _state(self) -> dict[str, Any]:
        pods = [
            {"id": pod.id, "name": pod.request["name"], "status": self.world.status(pod)}
            for pod in self.world.present()
        ]
        return {
            "pods": pods,
            "costing": len(self.world.costing()),
            "bill": str(self.world.bill()),
            "quirks": vars(self.world.quirks),
            "journal": [f"{call} {call.status}" for call in self.world.journal[-50:]],
        }
