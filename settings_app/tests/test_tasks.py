"""What workers do for the owner's door."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from lib import clock
from settings_app.tasks import forget_sessions


@pytest.mark.django_db
def test_sessions_that_ended_are_forgotten() -> None:
    """The others go on."""
    ended, alive = SessionStore(), SessionStore()
    for session in (ended, alive):
        session.create()
    Session.objects.filter(pk=ended.session_key).update(expire_date=clock.now() - timedelta(seconds=1))
    forget_sessions()

    assert list(Session.objects.values_list("pk", flat=True)) == [alive.session_key]
