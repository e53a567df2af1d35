"""What the tests of the settings share."""

import pytest
from pytest_django import Settings

from settings_app.door import claiming


@pytest.fixture
def unclaimed(db: None, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> str:
    """A library without an owner, in a data folder of its own; gives the one-time key."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    return claiming.key()
