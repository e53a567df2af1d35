"""The page of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from clients.errors import RemoteError
from lib.htmx import render_page
from lib.own_pages import own_page
from lib.toasts import toast
from models_catalog import listing, syncing
from models_catalog.models import Model
from settings_app import connections


@require_safe
def model_list(request: HttpRequest) -> HttpResponse:
    """Show every model there is or was, narrowed by a search."""
    return _page(request, request.GET.get("q", ""))


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """Ask the server in use for its models now, and say what came of it on the page one was on."""
    try:
        report = syncing.sync_current(timeouts=syncing.HASTY)
        toast(request, f"Models are in step: {report}", kind="good")
    except RemoteError as error:
        toast(request, f"Nothing was changed. {error}", kind="bad", icon="alert")
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, request.POST.get("q", ""))
    return redirect(own_page(request, request.POST.get("next", "")) or "models_catalog:models")


def _page(request: HttpRequest, search: str) -> HttpResponse:
    words = search.replace("\x00", "").strip()
    server, problem = _server()
    models = Model.objects.mentioning(words).for_list()
    context: dict[str, object] = {
        "groups": listing.groups(models, server),
        "words": words,
        "server": server,
        "problem": problem,
        "last": syncing.last_report(server) if server else None,
        "section": "models",
    }
    return render_page(request, "models_catalog/model_list.html", context, fragment="catalogue")


def _server() -> tuple[str, str]:
    """Return the server in use, or why there is none."""
    try:
        return connections.current_server(), ""
    except RemoteError as error:
        return "", str(error)
