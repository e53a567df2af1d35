"""Short messages that say what was done, with a way back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LEVELS = {"plain": messages.INFO, "good": messages.SUCCESS, "bad": messages.ERROR}


def toast(request: HttpRequest, text: str, *, kind: str = "plain", icon: str = "check", undo_url: str = "") -> None:
    """Show ``text`` on this answer's page, or on the next one after a redirect.

    Args:
        request: whose answer it belongs to.
        text: one sentence without a full stop.
        kind: plain, good or bad.
        icon: a name from ``icons.svg``.
        undo_url: an address whose POST takes the act back; makes an Undo button.
    """
    shown = {"text": text, "kind": kind, "icon": icon, "undo_url": undo_url}
    messages.add_message(request, LEVELS[kind], render_to_string("_toast.html", shown, request))


class ToastMiddleware:
    """Adds the waiting toasts to answers for htmx, which render only a part of a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the toasts at the end of a fragment."""
        response = self.get_response(request)
        if getattr(request, "htmx", False) and _is_fragment(response) and messages.get_messages(request):
            response.content += render_to_string("_toasts.html", {"is_swap": True}, request).encode()
        return response


def _is_fragment(response: HttpResponse) -> bool:
    if response.streaming or response.status_code >= 300 or {"HX-Redirect", "HX-Refresh"} & set(response.headers):
        return False
    return response.headers.get("Content-Type", "").startswith("text/html") and b"<html" not in response.content
