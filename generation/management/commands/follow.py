"""``manage.py follow``: watch what the servers are making, and record each picture as it is finished."""

import signal
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from generation.running.follower import Follower


class Stopped(BaseException):
    """Told to stop while waiting for a server; nothing that catches errors may catch it."""


class Command(BaseCommand):
    help = "Follows the steps under way until it is told to stop. The launcher keeps one running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look at everything once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._once()
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stopper(stop))
        try:
            Follower(stop).run()
        except Stopped:
            return

    def _once(self) -> None:
        follower = Follower(Event())
        try:
            follower.turn()
        finally:
            follower.close()


def _stopper(stop: Event) -> Any:
    """Return what a signal calls: it leaves whatever is waited for; every piece of work can be left at any point."""

    def end(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            raise Stopped

    return end
