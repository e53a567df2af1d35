"""The demo's albums."""

import pytest

from albums.models import Album
from gallery_project import sample_albums
from photos.searching import search
from photos.tests.factories import PhotoFactory
from sharing.models import SharedLink


@pytest.mark.django_db
def test_albums_are_gathered_once():
    """By their searches; a second start adds nothing."""
    walk = PhotoFactory()
    ink = PhotoFactory(generated=True, generation_prompt="ink flowing in clear water")
    search.index([walk.pk, ink.pk])

    assert sample_albums.gather() == 2
    assert sample_albums.gather() == 0
    assert list(Album.objects.get(name="Ink in water").photos.all()) == [ink]
    assert SharedLink.objects.get().album == Album.objects.get(name="Outdoors")
