"""A short way to thumbnails: answered before sessions, messages and page policies, which cost twice as much as they."""

import re
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase

from photos.files import gate, pictures
from photos.files.renditions import Size

ADDRESS = re.compile(r"/pictures/(grid|large)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{12})\.webp")


class ThumbnailShortcut:
    """Answers for renditions when the cookie is good; whatever else is asked goes the usual way, to the same view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on."""
        found = ADDRESS.fullmatch(request.path_info)
        if not found or request.method not in {"GET", "HEAD"} or not gate.has_cookie(request):
            return self.get_response(request)
        try:
            return pictures.show(request, Size(found[1]), UUID(found[2]), found[3])
        except Http404:
            return self.get_response(request)  # the page that says so gets what every page gets
