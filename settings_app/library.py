"""What the owner decided about the library, kept in ``settings_json``."""

from datetime import timedelta

from settings_app.models import ApplicationSettings

TRASH_DAYS = "trash_days"
TRASH_DAYS_AT_FIRST = 30
TRASH_DAYS_AT_MOST = 3650


def trash_days(settings: ApplicationSettings | None = None) -> int:
    """Return for how many days the trash keeps a picture; 0 means until the owner empties it."""
    kept = (settings or ApplicationSettings.load()).settings_json.get(TRASH_DAYS)
    is_sound = isinstance(kept, int) and not isinstance(kept, bool) and 0 <= kept <= TRASH_DAYS_AT_MOST
    return int(kept) if is_sound else TRASH_DAYS_AT_FIRST


def trash_time() -> timedelta | None:
    """Return how long the trash keeps a picture; None means until the owner empties it."""
    days = trash_days()
    return timedelta(days=days) if days else None


def keep_trash_for(settings: ApplicationSettings, days: int) -> None:
    """Note in the row, which the caller saves, for how many days the trash keeps a picture."""
    settings.settings_json = {**settings.settings_json, TRASH_DAYS: days}
