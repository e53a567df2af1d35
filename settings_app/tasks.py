"""What workers do for the owner's door."""

from importlib import import_module

from django.conf import settings


def forget_sessions() -> None:
    """Remove the sessions that have ended by themselves; without this they would pile up."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
