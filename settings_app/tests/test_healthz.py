"""The sign of life."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_it_answers_anybody_while_the_database_does(visitor: Client) -> None:
    """No login, no redirect, no details."""
    assert visitor.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_tells_when_the_database_does_not_answer(visitor: Client) -> None:
    """Without a traceback or an address."""
    visitor.cookies["sessionid"] = "somebody"
    with patch.object(connection, "cursor", side_effect=OperationalError("secret host")):
        response = visitor.get("/healthz")

    assert response.status_code == 503
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_a_probe_inside_the_machine_needs_no_https(visitor: Client, settings: Settings) -> None:
    """Every other address is redirected."""
    settings.SECURE_SSL_REDIRECT = True

    assert visitor.get("/healthz").status_code == 200
    assert Client().get("/login/")["Location"].startswith("https://")
