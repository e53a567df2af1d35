"""``manage.py abandon_sessions``: give up the sessions nobody has worked on for the time that is set."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import pluralize

from generation.models import GenerationSession
from generation.sessions import life
from lib import clock


class Command(BaseCommand):
    help = "Gives up the sessions in which nothing was asked for during the days set in Settings. Pictures stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell which sessions that would be")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        since = life.abandoned_before(now)
        if since is None:
            self.stdout.write("Sessions are never abandoned by themselves; Settings say so.")
            return
        if options["dry_run"]:
            left = GenerationSession.objects.left_alone(since=since).order_by("last_active_at")
            for session in left:
                self.stdout.write(f"{session.pk}  {session}")
            self.stdout.write(f"{len(left)} session{pluralize(len(left))} would be abandoned.")
            return
        count = life.abandon_left_alone(now=now)
        self.stdout.write(f"{count} session{pluralize(count)} abandoned.")
