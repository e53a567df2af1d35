"""Every address there is, found by walking the address book, so that no new one escapes."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

# Open to anybody, each for a reason of its own; what is below the public links is decided by the link.
OPEN = {"settings_app:healthz", "settings_app:welcome", "settings_app:login", "settings_app:switch-theme"}
PUBLIC = "/s/"
CLOSED = {302, 403, 404, 405}
# What stands for a part of an address; every other kind takes a word.
STAND_INS: dict[str, Any] = {"uuid": uuid.UUID(int=7), "int": 7, "digest": "0" * 12}


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _patterns(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern


def _address(name: str, pattern: URLPattern) -> str:
    words = {key: _stand_in(converter) for key, converter in pattern.pattern.converters.items()}
    return reverse(name, kwargs=words) if words else reverse(name, args=_positions(pattern))


def _stand_in(converter: object) -> Any:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return STAND_INS.get(kind, "word")


def _positions(pattern: URLPattern) -> list[str]:
    return ["auth"] if getattr(getattr(pattern.pattern, "regex", None), "groups", 0) else []


def _addresses() -> dict[str, str]:
    return {name: _address(name, pattern) for name, pattern in _patterns(get_resolver())}


ADDRESSES = _addresses()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_visitor_gets_nothing(owner: User, name: str) -> None:
    """Whatever is asked, by whatever method, is answered by the door; only the door itself is open."""
    visitor, address = Client(), ADDRESSES[name]
    if name in OPEN or address.startswith(PUBLIC):
        pytest.skip("open")
    for answer in (visitor.get(address), visitor.post(address), visitor.get(address, headers={"HX-Request": "true"})):
        is_sent_away = answer.status_code == 200 and "HX-Redirect" in answer and not answer.content
        assert answer.status_code in CLOSED or is_sent_away
        assert answer.status_code != 302 or answer["Location"].startswith(("/login/", "/admin/login/"))


def test_a_post_without_its_token_changes_nothing(owner_client: Client) -> None:
    """Another site cannot make the owner's browser act."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner_client.cookies
    owners = [address for address in ADDRESSES.values() if not address.startswith(PUBLIC)]
    taken = [address for address in owners if strict.post(address).status_code not in {403, 405}]

    assert taken == []


def test_every_answer_says_what_it_may_run(owner_client: Client) -> None:
    """Also errors; nothing is guessed from its content."""
    answers = {address: owner_client.get(address) for address in ADDRESSES.values()}
    bare = [address for address, answer in answers.items() if not _is_guarded(answer)]

    assert bare == []
    assert max(answer.status_code for answer in answers.values()) < 500


def _is_guarded(answer: Any) -> bool:
    policy = answer.headers.get("Content-Security-Policy", "")
    return "default-src 'none'" in policy and answer.headers.get("X-Content-Type-Options") == "nosniff"
