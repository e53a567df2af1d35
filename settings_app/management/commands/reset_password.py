"""Sets a new password for an owner who forgot theirs."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Whoever may run commands on this machine may open the door."""

    help = "Set a new password for the owner, sign out every browser and forget failed tries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stdin", action="store_true", help="read the password from the first line of stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = User.objects.filter(is_superuser=True).order_by("pk").first()
        if owner is None:
            raise CommandError("The library has no owner yet. Use welcome_key and open the address it prints.")
        password = sys.stdin.readline().rstrip("\r\n") if options["stdin"] else _asked_twice(owner)
        try:
            validate_password(password, owner)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        owner.set_password(password)
        owner.is_active = True
        owner.save(update_fields=["password", "is_active"])
        AccessAttempt.objects.all().delete()
        self.stdout.write(f"The password of “{owner.username}” is changed. Every browser has to sign in again.")


def _asked_twice(owner: User) -> str:
    password = getpass(f"New password for “{owner.username}”: ")
    if password != getpass("The same again: "):
        raise CommandError("The two are not the same. Nothing has been changed.")
    return password
