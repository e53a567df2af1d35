"""What the owner decided about the library, kept in ``settings_json``."""

from datetime import timedelta

from settings_app.models import ApplicationSettings

TRASH_DAYS = "trash_days"
TRASH_DAYS_AT_FIRST = 30
TRASH_DAYS_AT_MOST = 3650
LINK_DAYS = "link_days"
LINK_DAYS_AT_FIRST = 30
LINK_DAYS_AT_MOST = 3650
SESSION_DAYS = "session_days"
SESSION_DAYS_AT_FIRST = 30
SESSION_DAYS_AT_MOST = 3650


def trash_days(settings: ApplicationSettings | None = None) -> int:
    """Return for how many days the trash keeps a picture; 0 means until the owner empties it."""
    return _days(settings, TRASH_DAYS, TRASH_DAYS_AT_FIRST, TRASH_DAYS_AT_MOST)


def trash_time() -> timedelta | None:
    """Return how long the trash keeps a picture; None means until the owner empties it."""
    days = trash_days()
    return timedelta(days=days) if days else None


def keep_trash_for(settings: ApplicationSettings, days: int) -> None:
    """Note in the row, which the caller saves, for how many days the trash keeps a picture."""
    settings.settings_json = {**settings.settings_json, TRASH_DAYS: days}


def link_days(settings: ApplicationSettings | None = None) -> int:
    """Return for how many days a new link works unless something else is chosen; 0 means that it never ends."""
    return _days(settings, LINK_DAYS, LINK_DAYS_AT_FIRST, LINK_DAYS_AT_MOST)


def let_links_work_for(settings: ApplicationSettings, days: int) -> None:
    """Note in the row, which the caller saves, for how many days a new link works."""
    settings.settings_json = {**settings.settings_json, LINK_DAYS: days}


def session_days(settings: ApplicationSettings | None = None) -> int:
    """Return after how many days without work a session counts as abandoned; 0 means never."""
    return _days(settings, SESSION_DAYS, SESSION_DAYS_AT_FIRST, SESSION_DAYS_AT_MOST)


def keep_sessions_open_for(settings: ApplicationSettings, days: int) -> None:
    """Note in the row, which the caller saves, after how many days without work a session counts as abandoned."""
    settings.settings_json = {**settings.settings_json, SESSION_DAYS: days}


def _days(settings: ApplicationSettings | None, name: str, at_first: int, at_most: int) -> int:
    kept = (settings or ApplicationSettings.load()).settings_json.get(name)
    is_sound = isinstance(kept, int) and not isinstance(kept, bool) and 0 <= kept <= at_most
    return int(kept) if is_sound else at_first
