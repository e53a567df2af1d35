"""The data folder and its key."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gallery_project.data_folder import data_folder, make_private_folder, secret_key


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_may_enter_a_new_folder(tmp_path: Path) -> None:
    """Parents that were missing are made as private."""
    folder = make_private_folder(tmp_path / "outer" / "inner")

    assert [mode(folder), mode(folder.parent)] == [0o700, 0o700]


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    """One sentence, no traceback."""
    (tmp_path / "data").write_text("")

    with pytest.raises(ImproperlyConfigured, match="cannot be made"):
        make_private_folder(tmp_path / "data")


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    """The second reading gives the first one's key."""
    first, second = secret_key(tmp_path), secret_key(tmp_path)

    assert first == second
    assert len(first) >= 50
    assert mode(tmp_path / "secret-key") == 0o600


def test_an_emptied_key_stops_the_start(tmp_path: Path) -> None:
    """A new key must be the owner's decision: it ends every session."""
    (tmp_path / "secret-key").write_text("\n")

    with pytest.raises(ImproperlyConfigured, match="is empty"):
        secret_key(tmp_path)


def test_the_demo_lives_inside_and_never_in_the_library(tmp_path: Path) -> None:
    """Even when the owner's folder is named by the environment."""
    library = data_folder(str(tmp_path), is_demo=False)

    assert data_folder(str(tmp_path), is_demo=True) == library / "demo"
