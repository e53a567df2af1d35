"""The gate of the pictures: a signed cookie that answers without a session and without the database.

A page of the timeline asks for a hundred thumbnails; looking up the session and its user costs more than the bytes.
The cookie is tied to the session's key, lives for an hour and is renewed by the pages, so it is of no use without
the session cookie it was made for, and gone with the sign-out.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "gallery_pictures"
MAX_AGE = timedelta(hours=1)
RENEW_AFTER = MAX_AGE / 2
SALT = "photos.gate"

signer = TimestampSigner(salt=SALT)


def may_see_pictures(request: HttpRequest) -> bool:
    """Tell whether the owner asks: by the cookie, else by the session as for any page."""
    return has_cookie(request) or bool(request.user.is_authenticated)


def has_cookie(request: HttpRequest) -> bool:
    """Tell whether the request brings a good cookie, made for its own session."""
    return _is_for(_session_key(request), request.COOKIES.get(COOKIE, ""), MAX_AGE)


class PictureCookieMiddleware:
    """Gives the owner's browser the cookie, renews it in time, and takes it away at the sign-out.

    Only requests that looked at the session are touched, so that a thumbnail stays without one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the cookie the answer needs."""
        response = self.get_response(request)
        if request.session.accessed:
            _settle(request, response)
        return response


def cookie_for(session_key: str) -> str:
    """Return the cookie's value for a session."""
    return signer.sign(_digest(session_key))


def _settle(request: HttpRequest, response: HttpResponse) -> None:
    value = request.COOKIES.get(COOKIE, "")
    key = request.session.session_key
    if not key or not request.user.is_authenticated:
        if value:
            response.delete_cookie(COOKIE, samesite="Lax")
    elif not _is_for(key, value, RENEW_AFTER):
        response.set_cookie(
            COOKIE,
            cookie_for(key),
            max_age=MAX_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _session_key(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _is_for(session_key: str, value: str, age: timedelta) -> bool:
    if not session_key or not value:
        return False
    try:
        return signer.unsign(value, max_age=age) == _digest(session_key)
    except BadSignature:
        return False


def _digest(session_key: str) -> str:
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:32]
