"""Run the stand-in: ``python -m demo.runpod --port 9290``; ``/control`` shows and turns its switches."""

import argparse
import asyncio
import contextlib
import signal
import sys
from datetime import UTC, datetime

from demo.runpod.pods import Times
from demo.runpod.server import Server
from demo.runpod.world import KEY, World
from demo.standin.backend import Backend, Pace


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m demo.runpod", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9290)
    parser.add_argument("--seconds-per-step", type=float, default=0.15)
    parser.add_argument("--boot-seconds", type=float, default=20, help="until InvokeAI answers in a new pod")
    return parser.parse_args()


async def serve(options: argparse.Namespace) -> None:
    """Serve until a signal asks to stop."""
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    whole = options.boot_seconds
    times = Times(placed=whole / 8, running=whole / 3, runtime=whole / 2, listening=whole)
    world = World(lambda: datetime.now(UTC), times=times)
    volume = world.add_volume()
    pace = Pace(options.seconds_per_step, 1.5)
    server = Server(world, lambda _volume: Backend(version="6.13.8", pace=pace), options.host, options.port)
    await server.open()
    url = f"http://{options.host}:{server.port}"
    sys.stdout.write(
        f"A stand-in for RunPod answers at {url}\n"
        f"  RUNPOD_API_BASE={url} RUNPOD_PROXY_TEMPLATE={url}/proxy/{{pod_id}}/{{port}}\n"
        f"  API key {KEY}, network volume {volume}, switches at {url}/control\n"
    )
    sys.stdout.flush()
    await asked_to_stop.wait()
    await server.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
