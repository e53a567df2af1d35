"""What the tests of every app share."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import settings

PASSWORD = "a long enough password"  # noqa: S105

# How long an example takes says more of the machine than of the code.
settings.register_profile("gallery", settings.default, deadline=None)
settings.load_profile("gallery")


@pytest.fixture
def owner(db: None) -> User:
    """The one owner of the library."""
    return User.objects.create_superuser("owner", password=PASSWORD)


@pytest.fixture
def visitor() -> Client:
    """A browser nobody has signed in with."""
    return Client()


@pytest.fixture
def owner_client(owner: User) -> Client:
    """The owner's browser."""
    client = Client()
    client.force_login(owner)
    return client
