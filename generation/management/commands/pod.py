"""``manage.py pod status|start|stop``: the rented pod, by the operations its page uses."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clients.errors import RemoteRejected
from generation.renting import asking, bar
from generation.templatetags.cost_bar import rate, usd
from lib import clock
from settings_app.models import Pod
from settings_app.pods import stopping, work


class Command(BaseCommand):
    help = "Tells how the rented pod is, starts or stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=["status", "start", "stop"])
        parser.add_argument("--now", action="store_true", help="stop at once, even while something is not fetched yet")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        deeds = {"status": self.status, "start": self.start, "stop": self.stop}
        deeds[options["deed"]](is_dry=options["dry_run"], at_once=options["now"])

    def status(self, **_options: bool) -> None:
        shown = bar.bar(clock.now())
        pod = Pod.objects.current()
        if shown is None:
            self.stdout.write(
                f"{pod.name} sleeps; nothing is being charged for its GPU." if pod else "No pod is rented."
            )
            return
        self.stdout.write(f"{shown.pod.name}: {shown.phase}, {rate(shown.rate)}, {usd(shown.cost)} so far.")
        load = shown.load
        self.stdout.write(f"{load.waiting} waiting, {load.running} running, {load.unfetched} pictures to fetch.")
        if shown.idle_left is not None:
            self.stdout.write(f"Stops by itself in {shown.countdown}.")
        if shown.alarm:
            self.stderr.write(shown.alarm)

    def start(self, *, is_dry: bool, **_options: bool) -> None:
        offer = asking.offer()
        if offer.fault:
            raise CommandError(offer.fault)
        if is_dry:
            self.stdout.write(f"{offer.card} at {offer.price_text} would be {'woken' if offer.wakes else 'rented'}.")
            return
        try:
            pod = asking.start()
        except RemoteRejected as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{pod.name} is being started: {offer.card} at {offer.price_text}.")

    def stop(self, *, is_dry: bool, at_once: bool) -> None:
        pod = Pod.objects.awake().first()
        if pod is None:
            self.stdout.write("No pod is running.")
            return
        load = work.load_on(pod.server)
        how = "at once" if at_once or load.is_finished else "once everything is fetched"
        if is_dry:
            self.stdout.write(f"{pod.name} would be stopped {how}.")
            return
        if not (stopping.stop_now(pod) if at_once else stopping.drain(pod)):
            raise CommandError(f"{pod.name} is {pod.get_state_display().lower()} and could not be told to stop.")
        self.stdout.write(f"{pod.name} is told to stop {how}. It is over when `pod status` says so.")
