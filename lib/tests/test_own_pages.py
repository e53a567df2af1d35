"""Where a browser may be sent back to."""

import pytest
from django.test import RequestFactory

from lib.own_pages import own_page


@pytest.mark.parametrize("asked", ["/trash/?before=1", "http://testserver/trash/?before=1"])
def test_a_page_of_ours_is_kept_without_its_host(asked: str, rf: RequestFactory) -> None:
    """What is kept works under any name the gallery is reached by."""
    assert own_page(rf.get("/"), asked) == "/trash/?before=1"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "trash",
        "?next=/",
        "//evil.example/",
        "https://evil.example/",
        "http://testserver//evil.example/",
        "http://testserver/\\evil.example/",
        "http:///evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        " //evil.example",
        "\x00/",
        "http://[::1",
    ],
)
def test_everything_else_is_refused(asked: str, rf: RequestFactory) -> None:
    """Neither another host, nor something that a redirect could take for one, nor a bare word."""
    assert own_page(rf.get("/"), asked) is None
