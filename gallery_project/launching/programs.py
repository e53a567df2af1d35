"""What the gallery consists of when it runs: one command line each."""

import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

THREADS = 8
ACCESS_FORMAT = '%(time)s %(addr)s "%(method)s %(path)s" %(status)d %(dt_ms).1f ms'
LOGGING = Path(__file__).with_name("granian-logging.json")


@dataclass(frozen=True, slots=True)
class Program:
    """A command the launcher runs.

    Attributes:
        name: what its lines are marked with, and its log file's name.
        command: the program and its arguments.
        runs_once: it does a piece of work and ends; otherwise it is started again whenever it ends.
    """

    name: str
    command: list[str]
    runs_once: bool = False


def programs() -> list[Program]:
    """Return what makes up the gallery, in the order of starting."""
    everyday = [web(), manage("tasks", "qcluster"), manage("follow", "follow")]
    return [*everyday, *demo_programs()] if settings.DEMO else everyday


def demo_programs() -> list[Program]:
    """Return what the demo has besides: the stand-in for InvokeAI, and the sample pictures on their way in."""
    standin = [
        "-m",
        "demo.standin",
        "--port",
        str(settings.STANDIN_PORT),
        "--folder",
        str(settings.DATA_DIR / "standin"),
    ]
    runpod = ["-m", "demo.runpod", "--port", str(settings.RUNPOD_STANDIN_PORT)]
    return [
        Program("standin", [sys.executable, *standin]),
        Program("runpod", [sys.executable, *runpod]),
        manage("samples", "import_samples", runs_once=True),
    ]


def web() -> Program:
    """Return the web server. Eight threads keep eight database connections; access lines carry no query."""
    options = {
        "--interface": "wsgi",
        "--host": settings.HOST,
        "--port": str(settings.PORT),
        "--workers": str(settings.WEB_WORKERS),
        "--blocking-threads": str(THREADS),
        "--blocking-threads-idle-timeout": "600",
        "--workers-kill-timeout": "4",
        "--log-level": "error",
        "--log-config": str(LOGGING),
        "--access-log-fmt": ACCESS_FORMAT,
    }
    words = [word for option in options.items() for word in option]
    switches = ["--no-ws", "--respawn-failed-workers", "--access-log"]
    return Program("web", [sys.executable, "-m", "granian", *words, *switches, "gallery_project.wsgi:application"])


def manage(name: str, *words: str, runs_once: bool = False) -> Program:
    """Return a management command as a program."""
    return Program(name, [sys.executable, str(settings.BASE_DIR / "manage.py"), *words], runs_once=runs_once)
