"""What is answered when a page cannot be made: the cause where it is known, and never a detail of it."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER_SECONDS = "30"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for the error that is being handled: what the owner can mend is named. Needs no database."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = RETRY_AFTER_SECONDS
        return answer
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return HttpResponse(render_to_string("507.html"), status=507)
    return defaults.server_error(request)
