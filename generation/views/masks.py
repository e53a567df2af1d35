"""Masks on their way in from the painter, and back to it."""

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from generation.asking import masks
from photos.files import serving

NOT_KEPT = "The mask could not be stored: is the disk full? It is still in the painter."


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Store a painted mask; answer with its name and its address, or with a sentence."""
    sent = request.FILES.get("mask")
    try:
        if sent is None:
            raise masks.BadMask("No mask was sent. Paint it again.")
        if trouble := getattr(sent, "trouble", None):
            raise trouble
        name = masks.keep(sent.read())
    except masks.BadMask as fault:
        return JsonResponse({"error": str(fault)}, status=422)
    except OSError:
        return JsonResponse({"error": NOT_KEPT}, status=507)
    return JsonResponse({"name": name, "url": masks.url_of(name)}, status=201)


@require_safe
def mask(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Return a mask as it was painted: white is painted anew."""
    name = f"{digest}.png"
    if not masks.is_kept(name):
        raise Http404("This mask is not kept any more.")
    return serving.answer_small(request, storages["masks"].open(name), content_type="image/png", etag=f'"{digest}"')
