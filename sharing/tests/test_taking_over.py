"""Links to pictures that look alike."""

import pytest
from django.test import Client

from photos.duplicates import keeping
from photos.extensions import Belonging, belongings
from photos.merging import merge
from photos.tests.factories import PhotoFactory
from photos.tests.test_deciding_duplicates import alike
from sharing.choices import ShownPath
from sharing.models import SharedLink
from sharing.taking_over import LINKS
from sharing.tests.factories import LinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]


def test_a_link_follows_to_the_picture_that_is_kept(visitor: Client) -> None:
    """Whoever has the address still sees the picture; the path the owner did not agree to is not shown."""
    kept, other = alike(with_file=True, with_thumbnail=True)
    link = LinkFactory(photo=other, show_path=ShownPath.PROMPTS)
    decision = keeping.keep_one(kept.pk, [other.pk])
    followed = SharedLink.objects.get()

    assert (followed.photo, followed.show_path) == (kept, ShownPath.NONE)
    assert visitor.get(followed.address).status_code == 200

    keeping.undo(decision.pk)
    link.refresh_from_db()
    assert (link.photo, link.show_path) == (other, ShownPath.PROMPTS)


def test_a_link_to_a_picture_that_was_waited_for_follows_it() -> None:
    """The waiting row goes; its links do not."""
    pending, kept = PhotoFactory(pending=True), PhotoFactory(with_file=True)
    LinkFactory(photo=pending)
    merge(pending.pk, into=kept.pk)

    assert SharedLink.objects.get().photo == kept


def test_the_review_names_the_links_of_a_picture() -> None:
    """Closed ones are nobody's concern."""
    photo = PhotoFactory()
    LinkFactory(photo=photo, title="For Anna")
    LinkFactory(photo=photo, revoked=True)

    assert LINKS.names([photo.pk]) == {photo.pk: ["For Anna"]}
    assert isinstance(LINKS, Belonging)
    assert LINKS in belongings()
