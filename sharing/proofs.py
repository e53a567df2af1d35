"""The proof that a visitor gave a link's password: a signed cookie, sent to the addresses of that link alone.

It is made from the password's hash, so that a new password, and a revoked link opened again under another one, ends
every proof at once. It needs neither a session nor a row, and never touches the owner's.
"""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from sharing.models import SharedLink

MAX_AGE = timedelta(hours=12)
SALT = "sharing.proofs"

signer = TimestampSigner(salt=SALT)


def cookie_name(link: SharedLink) -> str:
    """Return the name of the cookie for a link; each link has its own."""
    return f"gallery_link_{link.pk.hex[:12]}"


def has_proof(link: SharedLink, request: HttpRequest) -> bool:
    """Tell whether the visitor has given the password the link has now."""
    try:
        digest = signer.unsign(request.COOKIES.get(cookie_name(link), ""), max_age=MAX_AGE)
    except BadSignature:
        return False
    return constant_time_compare(digest, _digest(link))


def give(link: SharedLink, response: HttpResponseBase) -> None:
    """Let the answer carry the proof."""
    response.set_cookie(
        cookie_name(link),
        signer.sign(_digest(link)),
        max_age=MAX_AGE,
        path=link.address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digest(link: SharedLink) -> str:
    return salted_hmac(SALT, f"{link.pk.hex}{link.password}", algorithm="sha256").hexdigest()
