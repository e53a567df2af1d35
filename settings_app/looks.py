"""What every page needs to know to look right."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def looks(request: HttpRequest) -> dict[str, object]:
    """Return the theme the owner chose (none means the system's wish) and whether this is the demo."""
    theme = request.COOKIES.get("theme")
    return {"theme": theme if theme in THEMES else None, "is_demo": settings.DEMO}
