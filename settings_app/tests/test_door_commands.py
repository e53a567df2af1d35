"""The commands for whoever sits at the machine."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from conftest import PASSWORD


def test_the_welcome_address_can_be_asked_for(unclaimed: str) -> None:
    """When the terminal that printed it is gone."""
    out = io.StringIO()
    call_command("welcome_key", stdout=out)

    assert out.getvalue().strip().endswith(f"/welcome/?key={unclaimed}")


def test_a_claimed_library_has_no_key_to_tell(owner: User) -> None:
    """The message says what helps."""
    with pytest.raises(CommandError, match="reset_password"):
        call_command("welcome_key")


def test_a_forgotten_password_is_replaced(owner: User, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions end, and failed tries are forgotten."""
    visitor.force_login(owner)
    stranger = Client()
    for _ in range(5):
        stranger.post("/login/", {"username": "owner", "password": "not it"})
    monkeypatch.setattr("sys.stdin", io.StringIO("a brand new password\n"))

    call_command("reset_password", "--stdin", stdout=io.StringIO())

    assert visitor.get("/settings/").status_code == 302
    assert stranger.post("/login/", {"username": "owner", "password": "a brand new password"}).status_code == 302


def test_a_weak_password_is_refused(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one stays."""
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    with pytest.raises(CommandError, match="too short"):
        call_command("reset_password", "--stdin")
    assert User.objects.get().check_password(PASSWORD)


def test_two_different_entries_change_nothing(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the finger is told."""
    entries = iter(["a brand new password", "a brand new passwort"])
    monkeypatch.setattr("settings_app.management.commands.reset_password.getpass", lambda prompt: next(entries))

    with pytest.raises(CommandError, match="not the same"):
        call_command("reset_password")
