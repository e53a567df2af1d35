"""What has waited long enough in the trash."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lib import clock, paging
from photos import expiring, tasks, trashing
from photos.models import Photo
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory
from settings_app import library
from settings_app.models import ApplicationSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    """A day that stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


def thrown_away(days: int) -> Photo:
    """Return a picture that has been in the trash for so many days."""
    return PhotoFactory(with_file=True, deleted_at=clock.now() - timedelta(days=days))


def keep_for(days: int) -> None:
    """Set the setting."""
    settings = ApplicationSettings.load()
    library.keep_trash_for(settings, days)
    settings.save()


def test_what_is_past_its_time_goes_with_its_file(originals):
    """What is not, stays."""
    thrown_away(31)
    kept = thrown_away(29)
    purged = expiring.purge_expired()

    assert purged.gone == 1
    assert list(Photo.objects.all()) == [kept]
    assert len(files_in(originals)) == 1


def test_a_trash_without_time_limit_is_left_alone():
    """Only the owner empties it."""
    keep_for(0)
    thrown_away(4000)

    assert expiring.purge_expired().count == 0


def test_little_is_purged_at_a_time_and_the_worker_goes_on(monkeypatch):
    """A task has a minute; the rest is another task."""
    monkeypatch.setattr(expiring, "CHUNK", 2)
    asked = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, *ids: asked.append(task))
    for days in (33, 32, 31):
        thrown_away(days)
    tasks.purge_expired()
    left, asked_once = Photo.objects.count(), list(asked)
    tasks.purge_expired()

    assert (left, asked_once) == (1, [tasks.purge_expired])
    assert (Photo.objects.count(), asked) == (0, asked_once)


def test_what_was_restored_and_thrown_away_again_waits_its_whole_time():
    """The list of what goes may be older than that."""
    photo = thrown_away(31)
    chosen = [photo.pk]
    trashing.restore(chosen)
    trashing.trash(chosen)

    assert trashing.purge(chosen, before=clock.now() - timedelta(days=30)).count == 0
    assert Photo.objects.trashed().get() == photo


def test_the_trash_tells_when_each_picture_leaves(owner_client):
    """Thirty days from when it was thrown away; what is late goes today."""
    thrown_away(0)
    late = thrown_away(31)
    page = owner_client.get("/trash/").content.decode()
    of_one = owner_client.get(late.get_absolute_url()).content.decode()

    assert "Purged on 22 December" in page
    assert "Purged today" in page
    assert "deleted for good on 21 November 2026" in of_one


def test_without_a_time_limit_the_trash_tells_since_when(owner_client):
    """Nothing leaves by itself."""
    keep_for(0)
    thrown_away(2)

    assert "Thrown away on 20 November" in owner_client.get("/trash/").content.decode()


def test_a_day_that_goes_on_over_a_page_is_headed_once(owner_client, monkeypatch):
    """The next page of the list continues under the heading that is there."""
    monkeypatch.setattr(paging.page, "__kwdefaults__", {"size": 2})
    for _ in range(3):
        thrown_away(1)
    first = owner_client.get("/trash/")
    headers = {"HX-Request": "true", "HX-Target": "pager"}
    second = owner_client.get("/trash/", {"before": str(first.context["page"].older)}, headers=headers)

    assert "3 pictures" in first.content.decode()
    assert "Purged on" not in second.content.decode()
    assert second.content.decode().count("photo-card__check") == 1
