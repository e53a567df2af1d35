"""Reading the environment strictly."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gallery_project.environment import env_bool, env_choice, env_int, env_list, env_secret


def test_a_switch_is_one_of_four_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be meant either way is refused."""
    monkeypatch.setenv("GALLERY_DEBUG", "yes")

    with pytest.raises(ImproperlyConfigured, match="GALLERY_DEBUG must be 1, 0, true or false, not “yes”"):
        env_bool("GALLERY_DEBUG", default=False)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("True", True), ("0", False), ("", True)])
def test_a_switch_may_be_left_out(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    """An empty variable counts as unset."""
    monkeypatch.setenv("GALLERY_DEBUG", text)

    assert env_bool("GALLERY_DEBUG", default=True) is value


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000.5", "http"])
def test_a_port_outside_its_range_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The sentence names the range."""
    monkeypatch.setenv("GALLERY_PORT", text)

    with pytest.raises(ImproperlyConfigured, match="GALLERY_PORT must be a whole number from 1 to 65535"):
        env_int("GALLERY_PORT", 8000, low=1, high=65535)


def test_a_list_forgives_spaces_and_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty parts are left out."""
    monkeypatch.setenv("GALLERY_ALLOWED_HOSTS", " one.example , ,two.example,")

    assert env_list("GALLERY_ALLOWED_HOSTS") == ["one.example", "two.example"]


def test_a_choice_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Levels are written both ways."""
    monkeypatch.setenv("GALLERY_LOG_LEVEL", "debug")

    assert env_choice("GALLERY_LOG_LEVEL", "INFO", ["DEBUG", "INFO"]) == "DEBUG"


def test_an_unknown_choice_names_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody has to look them up."""
    monkeypatch.setenv("GALLERY_LOG_LEVEL", "loud")

    with pytest.raises(ImproperlyConfigured, match="one of DEBUG, INFO"):
        env_choice("GALLERY_LOG_LEVEL", "INFO", ["DEBUG", "INFO"])


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The line's end is not part of it."""
    (tmp_path / "key").write_text("abc\n")
    monkeypatch.setenv("GALLERY_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env_secret("GALLERY_SECRET_KEY") == "abc"


@pytest.mark.parametrize(("content", "reason"), [(None, "cannot be read"), ("", "empty file")])
def test_a_missing_or_empty_secret_file_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, reason: str
) -> None:
    """A gallery that made a new key instead would throw away every session and queued task."""
    if content is not None:
        (tmp_path / "key").write_text(content)
    monkeypatch.setenv("GALLERY_SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match=reason):
        env_secret("GALLERY_SECRET_KEY")
