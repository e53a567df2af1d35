"""Who becomes the owner."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import Settings

from settings_app.door import claiming
from settings_app.models import ApplicationSettings


def _key_file(settings: Settings) -> Path:
    return Path(settings.DATA_DIR) / "welcome-key"


def test_the_key_is_the_same_until_it_is_used(unclaimed: str) -> None:
    """The launcher may print it again and again."""
    assert claiming.key() == unclaimed


def test_only_the_user_who_runs_the_gallery_can_read_the_key(unclaimed: str, settings: Settings) -> None:
    """Its file has mode 0600."""
    assert stat.S_IMODE(_key_file(settings).stat().st_mode) == 0o600


def test_the_address_holds_the_key(unclaimed: str) -> None:
    """It can be opened as printed."""
    assert claiming.welcome_address("http://localhost:8000/") == f"http://localhost:8000/welcome/?key={unclaimed}"


def test_a_claimed_library_has_no_welcome_address(owner: User) -> None:
    """There is nothing to print."""
    assert claiming.welcome_address("http://localhost:8000") is None


@pytest.mark.parametrize("guess", ["", "wrong", "ключ"])
def test_a_guess_is_not_the_key(unclaimed: str, guess: str) -> None:
    """Whatever its letters are."""
    assert not claiming.is_key(guess)


def test_claiming_makes_a_superuser_and_uses_up_the_key(unclaimed: str, settings: Settings) -> None:
    """The owner may do everything, and the key nothing more."""
    owner = claiming.claim("ada", "a long enough password")

    assert owner.is_superuser
    assert owner.check_password("a long enough password")
    assert not _key_file(settings).exists()
    assert not claiming.is_key(unclaimed)


def test_an_owner_made_by_a_command_counts(owner: User, unclaimed: str) -> None:
    """Django's createsuperuser makes an owner too."""
    with pytest.raises(claiming.AlreadyClaimed):
        claiming.claim("eve", "a long enough password")


def test_a_library_whose_owner_was_removed_can_be_claimed_again(unclaimed: str) -> None:
    """The way out when the account was deleted."""
    claiming.claim("ada", "a long enough password").delete()

    assert claiming.claim("bob", "a long enough password").username == "bob"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("names", [("ada", "bob"), ("ada", "ada")])
def test_two_visitors_at_once_make_one_owner(unclaimed: str, names: tuple[str, str]) -> None:
    """Both pass the look whether there is an owner; the conditional UPDATE lets one through."""
    ApplicationSettings.load()
    together = Barrier(2)

    def visit(name: str) -> bool:
        together.wait()
        try:
            claiming.claim(name, "a long enough password")
        except claiming.AlreadyClaimed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor() as visitors:
        won = list(visitors.map(visit, names))

    assert sorted(won) == [False, True]
    assert User.objects.count() == 1
