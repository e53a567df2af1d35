"""Tags for the looks of a page."""

import json
from functools import cache

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of ``icons.svg``; ``extra`` holds more classes. It is hidden from screen readers."""
    return _icon(name, extra)


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> SafeString:
    """Name our script modules for the browser, so that they can import each other though file names are hashed.

    Every file of ``static/js`` is ``gallery/<its name>``.
    """
    return format_html('<script type="importmap" nonce="{}">{}</script>', context.get("CSP_NONCE", ""), _imports())


# Both are the same on every page while the process runs, and took a quarter of the time of a page.
@cache
def _icon(name: str, extra: str) -> SafeString:
    classes = f"icon {extra}".strip()
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, address)


@cache
def _imports() -> SafeString:
    names = sorted(path.stem for path in (settings.BASE_DIR / "static" / "js").glob("*.js"))
    imports = {f"gallery/{name}": static(f"js/{name}.js") for name in names}
    return mark_safe(json.dumps({"imports": imports}))  # noqa: S308 - names of our own files
