"""The pages of the door."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from conftest import PASSWORD
from lib import clock

FORM = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD}
WRONG = {"username": "owner", "password": "not it"}
RIGHT = {"username": "owner", "password": PASSWORD}


@pytest.mark.parametrize("path", ["/settings/", "/models/", "/admin/", "/password/", "/login/"])
def test_without_an_owner_every_page_leads_to_the_welcome(unclaimed: str, visitor: Client, path: str) -> None:
    """Nothing else can be done."""
    assert visitor.get(path, follow=True).redirect_chain[-1] == ("/welcome/", 302)


def test_without_the_key_the_welcome_tells_where_it_is(unclaimed: str, visitor: Client) -> None:
    """It shows no form, and not the key."""
    page = visitor.get("/welcome/").content.decode()

    assert "in the terminal" in page
    assert "welcome_key" in page
    assert "password1" not in page
    assert unclaimed not in page


def test_a_wrong_key_is_told(unclaimed: str, visitor: Client) -> None:
    """It may have been cut short when it was copied."""
    response = visitor.get("/welcome/", {"key": unclaimed[:-1]})

    assert response.status_code == 403
    assert "does not fit" in response.content.decode()


def test_a_wrong_key_makes_no_owner(unclaimed: str, visitor: Client) -> None:
    """The form alone is not enough."""
    response = visitor.post("/welcome/", {**FORM, "key": "wrong"})

    assert response.status_code == 403
    assert not User.objects.exists()


def test_the_key_makes_the_owner_and_signs_in(unclaimed: str, visitor: Client) -> None:
    """The next page is the library."""
    response = visitor.post("/welcome/", {**FORM, "key": unclaimed})

    assert response["Location"] == "/"
    assert visitor.get("/settings/").status_code == 200


def test_the_validators_speak_beside_the_password(unclaimed: str, visitor: Client) -> None:
    """A short password is refused, and the key still holds."""
    response = visitor.post("/welcome/", {**FORM, "key": unclaimed, "password1": "short", "password2": "short"})

    assert "too short" in response.content.decode()
    assert not User.objects.exists()


def test_afterwards_the_welcome_leads_to_the_login(unclaimed: str, visitor: Client) -> None:
    """The key is used up, and a second owner is not made."""
    visitor.post("/welcome/", {**FORM, "key": unclaimed})

    response = Client().post("/welcome/", {**FORM, "username": "eve", "key": unclaimed})

    assert response["Location"] == "/login/"
    assert User.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in_and_then_goes_on(owner: User, visitor: Client) -> None:
    """The address asked for is kept."""
    assert visitor.get("/models/?q=fox")["Location"] == "/login/?next=/models/%3Fq%3Dfox"
    assert visitor.post("/login/", {**RIGHT, "next": "/models/?q=fox"})["Location"] == "/models/?q=fox"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "http://testserver//evil.example", "javascript:alert(1)", "word"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(owner: User, visitor: Client, wanted: str) -> None:
    """Only addresses of the gallery are followed."""
    assert visitor.post("/login/", {**RIGHT, "next": wanted})["Location"] == "/"


def test_htmx_is_told_to_load_the_login_as_a_page(owner: User, visitor: Client) -> None:
    """A session that has ended must not put a login form into a part of a page."""
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/settings/"}

    response = visitor.get("/models/", headers=headers)

    assert response["HX-Redirect"] == "/login/?next=/settings/"


def test_a_wrong_password_is_told_without_saying_which_half(owner: User, visitor: Client) -> None:
    """A name cannot be found out."""
    pages = [visitor.post("/login/", {**WRONG, "username": name}).content.decode() for name in ("owner", "nobody")]

    assert all("The name or the password is not right." in page for page in pages)


def test_the_fifth_failure_makes_the_next_try_wait(owner: User, visitor: Client) -> None:
    """The answer says for how long, and even the right password is not looked at."""
    answers = [visitor.post("/login/", WRONG) for _ in range(5)]
    early = visitor.post("/login/", RIGHT)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Try again in 5 seconds" in answers[-1].content.decode()
    assert early.status_code == 429
    assert 1 <= int(early["Retry-After"]) <= 5


def test_after_the_wait_the_owner_gets_in(owner: User, visitor: Client) -> None:
    """And the count begins anew."""
    for _ in range(5):
        visitor.post("/login/", WRONG)
    with time_machine.travel(clock.now() + timedelta(seconds=6)):
        answer = visitor.post("/login/", RIGHT)

    assert answer.status_code == 302
    assert Client().post("/login/", WRONG).status_code == 200


def test_trying_during_the_wait_does_not_prolong_it(owner: User, visitor: Client) -> None:
    """Otherwise a stranger in the same network could keep the owner out."""
    for _ in range(20):
        visitor.post("/login/", WRONG)
    with time_machine.travel(clock.now() + timedelta(seconds=6)):
        assert visitor.post("/login/", RIGHT).status_code == 302


def test_the_wait_grows_with_each_failure(owner: User, visitor: Client) -> None:
    """A sixth failure doubles it."""
    for _ in range(5):
        visitor.post("/login/", WRONG)
    with time_machine.travel(clock.now() + timedelta(seconds=6), tick=False):
        assert visitor.post("/login/", WRONG)["Retry-After"] == "10"


def test_another_address_does_not_wait(owner: User, visitor: Client) -> None:
    """Failures are counted by address."""
    for _ in range(5):
        visitor.post("/login/", WRONG)

    assert Client(REMOTE_ADDR="192.0.2.7").post("/login/", RIGHT).status_code == 302


def test_signing_out_needs_a_post(owner_client: Client) -> None:
    """A link or a picture elsewhere cannot do it."""
    assert owner_client.get("/logout/").status_code == 405
    assert owner_client.get("/settings/").status_code == 200

    owner_client.post("/logout/")

    assert owner_client.get("/settings/").status_code == 302


def test_a_new_password_keeps_this_session_and_ends_the_others(owner: User, visitor: Client) -> None:
    """The other browser has to sign in again."""
    elsewhere = Client()
    elsewhere.force_login(owner)
    visitor.force_login(owner)
    new = "another long password"

    visitor.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert visitor.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302
    assert User.objects.get().check_password(new)


def test_the_session_key_changes_at_sign_in(owner: User, visitor: Client) -> None:
    """A session somebody planted before is of no use."""
    visitor.cookies["sessionid"] = "planted"
    visitor.post("/login/", RIGHT)

    assert visitor.cookies["sessionid"].value != "planted"
    assert Session.objects.filter(pk=visitor.cookies["sessionid"].value).exists()


def test_the_admin_uses_the_same_door(owner: User, visitor: Client) -> None:
    """Django's own login page, where nothing would be delayed, is not there."""
    assert visitor.get("/admin/login/?next=/admin/auth/", follow=True).redirect_chain[-1][0].startswith("/login/")
    assert visitor.get("/admin/password_change/").status_code == 302
