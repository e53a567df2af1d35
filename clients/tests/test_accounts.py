"""The door of an InvokeAI in multi-user mode."""

import traceback

import pytest

from clients.errors import RemoteRejected
from clients.invokeai import AccountsStatus, InvokeAI
from clients.tests.server import FakeServer

STATUS = "/api/v1/queue/default/status"
QUEUE = {
    "queue": dict.fromkeys(("pending", "in_progress", "completed", "failed", "canceled", "total"), 0),
    "processor": {"is_started": True, "is_processing": False},
}


def test_the_door_tells_how_it_stands(server: FakeServer, invoke: InvokeAI) -> None:
    """Open to whoever comes first, in this case."""
    server.says("GET", "/api/v1/auth/status", {"setup_required": True, "multiuser_enabled": True, "admin_email": None})

    assert invoke.accounts.status() == AccountsStatus(is_multiuser=True, needs_set_up=True)


def test_an_old_server_has_no_door(server: FakeServer, invoke: InvokeAI) -> None:
    """Before 6.12 there is no such address."""
    server.says("GET", "/api/v1/auth/status", {"detail": "Not Found"}, status=404)

    assert invoke.accounts.status() == AccountsStatus(is_multiuser=False, needs_set_up=False)


def test_the_first_account_is_made_and_used(server: FakeServer, invoke: InvokeAI) -> None:
    """For a week at a time; the token is not shown."""
    server.says("POST", "/api/v1/auth/setup", {"success": True})
    server.says("POST", "/api/v1/auth/login", {"token": "t0ken", "expires_in": 604800, "user": {}})

    invoke.accounts.set_up("us@example.org", "Secret-1", name="Gallery")
    login = invoke.accounts.log_in("us@example.org", "Secret-1")

    assert server.asked[0].json == {"email": "us@example.org", "display_name": "Gallery", "password": "Secret-1"}
    assert (login.token, login.expires_in, "t0ken" in repr(login)) == ("t0ken", 604800, False)


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_password_is_a_refusal_that_does_not_repeat_it(
    server: FakeServer, invoke: InvokeAI, status: int
) -> None:
    """Nor does the traceback."""
    server.says("POST", "/api/v1/auth/login", {"detail": "Incorrect email or password"}, status=status)

    with pytest.raises(RemoteRejected, match="does not accept") as caught:
        invoke.accounts.log_in("us@example.org", "".join(["Secret", "-1"]))
    assert caught.value.status == status
    assert "Secret-1" not in "".join(traceback.format_exception(caught.value))


def test_a_token_that_ran_out_is_renewed_once_and_the_call_repeated(server: FakeServer) -> None:
    """Nobody notices."""
    server.says("GET", STATUS, {"detail": "Authentication required"}, status=401)
    server.says("GET", STATUS, QUEUE)

    with InvokeAI(server.url, token="old", sign_in=lambda: "new") as invoke:
        invoke.queue.status()

    assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer old", "Bearer new"]


def test_a_new_token_that_is_not_accepted_either_is_a_refusal(server: FakeServer) -> None:
    """It is not tried for ever."""
    server.says("GET", STATUS, {"detail": "Authentication required"}, status=401)

    with InvokeAI(server.url, token="old", sign_in=lambda: "new") as invoke, pytest.raises(RemoteRejected) as caught:
        invoke.queue.status()
    assert caught.value.status == 401
    assert len(server.asked) == 2
