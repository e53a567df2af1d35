"""Closing links and forgetting them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from lib import clock
from photos import trashing
from photos.models import Photo
from photos.tests.factories import PhotoFactory
from sharing.models import PasswordTry, SharedLink
from sharing.tests.factories import LinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals")]


def closed_for(days: int) -> list[SharedLink]:
    """A link that expired and one that was revoked so many days ago."""
    then = clock.now() - timedelta(days=days)
    return [
        LinkFactory(created_at=then - timedelta(days=30), expires_at=then),
        LinkFactory(created_at=then - timedelta(days=30), expires_at=None, revoked_at=then),
    ]


def run(*options: str) -> str:
    out = StringIO()
    call_command("expire_links", *options, stdout=out)
    return out.getvalue()


def test_what_was_closed_a_year_ago_is_forgotten() -> None:
    """And nothing else."""
    closed_for(366)
    kept = [*closed_for(364), LinkFactory(), LinkFactory(expires_at=None)]

    assert run() == "2 links forgotten.\n"
    assert set(SharedLink.objects.all()) == set(kept)


def test_a_dry_run_forgets_nothing() -> None:
    """It tells."""
    closed_for(366)

    assert "2 links would be forgotten" in run("--dry-run")
    assert SharedLink.objects.count() == 2


def test_tried_passwords_are_forgotten_after_a_day() -> None:
    """They are of no use by then."""
    link = LinkFactory()
    PasswordTry.objects.create(link=link, visitor="old", last_at=clock.now() - timedelta(days=2))
    PasswordTry.objects.create(link=link, visitor="new")
    run()

    assert [row.visitor for row in PasswordTry.objects.all()] == ["new"]


def test_links_go_with_a_picture_that_is_deleted_for_good() -> None:
    """Also where its row stays for what was made from it: there is nothing to open again."""
    photo = PhotoFactory(trashed=True)
    PhotoFactory(source_image=photo)
    LinkFactory(photo=photo)
    trashing.purge([photo.pk])

    assert Photo.objects.filter(pk=photo.pk).exists()
    assert not SharedLink.objects.exists()


@pytest.mark.parametrize("action", ["revoke", "extend"])
def test_the_admin_does_what_the_page_does(owner_client: Client, action: str) -> None:
    """For several at once."""
    links = [LinkFactory(), LinkFactory()]
    before = links[0].expires_at
    sent = {"action": action, "_selected_action": [str(link.pk) for link in links]}
    owner_client.post("/admin/sharing/sharedlink/", sent)
    after = list(SharedLink.objects.all())

    assert all(link.revoked_at for link in after) is (action == "revoke")
    assert all(link.expires_at > before for link in after) is (action == "extend")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"expires_at_0": "2020-01-01", "expires_at_1": "10:00"}, "A link ends after it was made."),
        ({"photo": ""}, "A link shows a photo or an album."),
        ({"show_location": "on"}, "with details only."),
        ({"show_path": "everything"}, "Select a valid choice."),
        ({}, ""),
    ],
)
def test_the_admin_says_what_is_wrong_with_a_link(owner_client: Client, sent: dict[str, str], said: str) -> None:
    """Before the database refuses it. What is right gets an unguessable key."""
    base = {"photo": str(PhotoFactory().pk), "show_path": "none"}
    answer = owner_client.post("/admin/sharing/sharedlink/add/", {**base, **sent})

    assert answer.status_code == (200 if said else 302)
    assert said in answer.content.decode()
    assert [len(link.access_key) for link in SharedLink.objects.all()] == ([] if said else [43])


@pytest.mark.parametrize(
    "values",
    [
        {"expires_at": clock.now() - timedelta(days=400)},
        {"show_location": True},
        {"show_path": "everything"},
        {"visit_count": -1},
        {"photo": None},
    ],
)
def test_the_database_refuses_what_makes_no_sense(values: dict[str, object]) -> None:
    """Whoever asks for it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkFactory(**values)
