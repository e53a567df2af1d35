"""Run the stand-in: ``python -m demo.standin --port 9190 --folder DIR --seconds-per-step 0.15``."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from demo.standin import versions
from demo.standin.backend import Backend, Pace
from demo.standin.server import Server


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m demo.standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9190)
    parser.add_argument("--folder", type=Path, help="keep pictures and queue there (else in memory)")
    parser.add_argument("--seconds-per-step", type=float, default=0.15)
    parser.add_argument("--model-load-seconds", type=float, default=1.5)
    parser.add_argument("--pretend-version", default=versions.CURRENT)
    return parser.parse_args()


async def serve(options: argparse.Namespace) -> None:
    """Serve until a signal asks to stop."""
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    pace = Pace(options.seconds_per_step, options.model_load_seconds)
    backend = Backend(version=options.pretend_version, pace=pace, folder=options.folder)
    server = Server(backend, options.host, options.port)
    backend.recover()
    await server.open()
    server.begin_work()
    sys.stdout.write(f"A stand-in for InvokeAI {backend.version} answers at http://{options.host}:{server.port}\n")
    sys.stdout.flush()
    await asked_to_stop.wait()
    await server.end_work()
    await server.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
