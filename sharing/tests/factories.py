"""Links for the tests."""

from datetime import timedelta

import factory
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from albums.adding import add
from albums.models import Album
from lib import clock
from photos.files import renditions
from photos.models import Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory
from sharing.making import new_key
from sharing.models import SharedLink

PASSWORD = "open sesame"


class LinkFactory(factory.django.DjangoModelFactory):
    """A link to a photo that works for a month. Traits: ``expired``, ``revoked``, ``locked`` (has PASSWORD)."""

    class Meta:
        model = SharedLink

    class Params:
        expired = factory.Trait(
            created_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=31)),
            expires_at=factory.LazyFunction(lambda: clock.now() - timedelta(seconds=1)),
        )
        revoked = factory.Trait(revoked_at=factory.LazyFunction(clock.now))
        locked = factory.Trait(password=factory.LazyFunction(lambda: make_password(PASSWORD)))

    photo = factory.SubFactory(PhotoFactory, with_file=True, with_thumbnail=True)
    access_key = factory.LazyFunction(new_key)
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=30))


def album_of(*photos: Photo) -> Album:
    """Return an album of these photos, in this order."""
    album = Album.objects.create(name="Skagen in October", description="Eight days of fog.")
    add(album, [photo.pk for photo in photos])
    return album


def complete_photo(**values: object) -> Photo:
    """Return a photo whose original and renditions all lie in their storages."""
    photo = PhotoFactory(with_file=True, with_thumbnail=True, **values)
    for size in renditions.Size:
        path = renditions.path(photo.pk, photo.checksum or "", size)
        storages["thumbnails"].delete(path)
        storages["thumbnails"].save(path, ContentFile(pictures.webp(seed=int(size == renditions.LARGE))))
    made: Photo = photo
    return made
