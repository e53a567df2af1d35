"""Prints the address that claims the library."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from settings_app.door import claiming


class Command(BaseCommand):
    """Tell where the first visit goes."""

    help = "Print the address whose visitor becomes the owner of the library. Only for a library without one."

    def handle(self, *args: Any, **options: Any) -> None:
        host = "localhost" if settings.HOST in {"0.0.0.0", "::", "127.0.0.1"} else settings.HOST  # noqa: S104
        address = claiming.welcome_address(f"{'https' if settings.HTTPS else 'http'}://{host}:{settings.PORT}")
        if address is None:
            raise CommandError("The library has an owner already. Forgotten the password? Use reset_password.")
        self.stdout.write(address)
