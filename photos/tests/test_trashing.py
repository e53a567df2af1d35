"""The way out of the library."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photos import extensions, lineage, trashing
from photos.choices import TraitKind
from photos.files import renditions
from photos.imaging import thumbnailing
from photos.models import Photo, PhotoTrait, Trait
from photos.querying import read
from photos.searching import search
from photos.searching.narrowing import narrow
from photos.tests.conftest import files_in
from photos.tests.factories import PhotoFactory, place_original

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails")]


def thrown_away(**facts):
    photo = PhotoFactory(with_file=True, with_thumbnail=True, trashed=True, **facts)
    storages["thumbnails"].save(photo.local_thumbnail_path, ContentFile(b"small"))
    return photo


def test_what_is_thrown_away_is_not_shown_but_can_come_back(originals):
    """The file stays where it is."""
    photo = PhotoFactory(with_file=True)
    trashed, again = trashing.trash([photo.pk]), trashing.trash([photo.pk])
    hidden = not Photo.objects.visible()
    restored = trashing.restore(Photo.objects.trashed())

    assert (trashed, again, hidden, restored) == (1, 0, True, 1)
    assert list(Photo.objects.visible()) == [photo]
    assert len(files_in(originals)) == 1


def test_a_purge_removes_files_and_row(originals, thumbnails):
    """For good."""
    purged = trashing.purge([thrown_away().pk])

    assert (purged.gone, purged.tombstones, Photo.objects.count()) == (1, 0, 0)
    assert files_in(originals) + files_in(thumbnails) == []


def test_a_purge_leaves_what_is_not_in_the_trash(originals):
    """It was restored in another tab."""
    photo = PhotoFactory(with_file=True)

    assert trashing.purge([photo.pk]).count == 0
    assert len(files_in(originals)) == 1


def test_what_others_grew_from_stays_as_a_tombstone(originals, thumbnails):
    """It keeps how it came to be, nothing that shows it, and its bytes may come in again."""
    photo = thrown_away(generated=True, placeholder="data:image/webp;base64,AA", metadata={"place": {"latitude": 1}})
    PhotoFactory(source_image=photo)
    purged = trashing.purge([photo.pk])
    stone = Photo.objects.get(pk=photo.pk)

    assert (purged.gone, purged.tombstones) == (0, 1)
    assert (stone.checksum, stone.local_storage_path, stone.placeholder, stone.metadata) == (None, None, "", {})
    assert stone.generation_prompt == photo.generation_prompt
    assert files_in(originals) + files_in(thumbnails) == []


def test_a_tombstone_cannot_be_restored():
    """There is nothing to show."""
    photo = thrown_away()
    PhotoFactory(source_image=photo)
    trashing.purge([photo.pk])

    assert trashing.restore([photo.pk]) == 0
    assert not Photo.objects.trashed()


def test_a_tombstone_goes_with_the_last_thing_that_names_it():
    """The sweep removes it."""
    photo = thrown_away()
    child = PhotoFactory(source_image=photo, trashed=True)
    trashing.purge([photo.pk])
    trashing.purge([child.pk])
    trashing.finish_purges()

    assert not Photo.objects.exists()


def test_apps_above_can_keep_a_tombstone(monkeypatch):
    """They register the relation through which they name photos."""
    from albums.models import Album

    monkeypatch.setattr(extensions, "_tombstone_relations", set())
    extensions.keep_tombstone_for("covered_albums")
    photo = thrown_away()
    Album.objects.create(name="Sea", cover_photo=photo)

    assert trashing.purge([photo.pk]).tombstones == 1


def test_a_file_another_row_uses_is_not_touched(originals):
    """Whoever repaired the database by hand will be glad."""
    photo = thrown_away()
    PhotoFactory(local_storage_path=photo.local_storage_path)
    trashing.purge([photo.pk])

    assert len(files_in(originals)) == 1


def test_an_interrupted_purge_is_finished_by_the_sweep(monkeypatch, originals):
    """The decision stands in the row; a restore cannot win any more."""
    photo = thrown_away()
    with monkeypatch.context() as patch:
        patch.setattr(trashing, "_remove_files", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            trashing.purge([photo.pk])

    assert trashing.restore([photo.pk]) == 0
    assert trashing.finish_purges().gone == 1
    assert (Photo.objects.count(), files_in(originals)) == (0, [])


def test_files_that_cannot_be_removed_are_told_and_tried_again(monkeypatch):
    """The row stays until they are gone."""
    photo = thrown_away()
    with monkeypatch.context() as patch:
        patch.setattr(trashing, "_remove_files", lambda *_: (_ for _ in ()).throw(PermissionError))
        purged = trashing.purge([photo.pk])

    assert (purged.failed, purged.count, Photo.objects.count()) == (1, 0, 1)
    assert trashing.finish_purges().gone == 1


def test_a_purged_photo_is_no_longer_found():
    """Its words leave the index."""
    photo = thrown_away(generation_prompt="axolotl")
    search.index([photo.pk])
    trashing.purge([photo.pk])
    PhotoFactory(generation_prompt="heron")

    assert not narrow(Photo.objects.all(), read("axolotl"))


def test_a_picture_that_never_came_can_be_purged():
    """There is no file to remove."""
    photo = PhotoFactory(failed=True, trashed=True)

    assert trashing.purge([photo.pk]).gone == 1


def test_the_trash_knows_what_lies_there_long():
    """For emptying it by age."""
    photo = PhotoFactory(trashed=True)
    PhotoFactory()

    assert list(trashing.thrown_away_before(photo.deleted_at)) == []
    assert place_original(photo.filename, b"x")


def test_a_purge_killed_between_the_files_and_the_row_is_finished_by_the_sweep(monkeypatch, originals, thumbnails):
    """Removing files that are gone is no mistake."""
    photo = thrown_away()
    child = PhotoFactory(source_image=photo)
    with monkeypatch.context() as patch:
        patch.setattr(trashing, "_remove_row", lambda photo, done: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            trashing.purge([photo.pk])
    left = files_in(originals) + files_in(thumbnails)
    finished, again = trashing.finish_purges(), trashing.finish_purges()

    assert left == []
    assert (finished.tombstones, again.count) == (1, 0)
    assert Photo.objects.get(pk=child.pk).source_image.local_storage_path is None


def test_every_rendition_goes(thumbnails):
    """Also those no column names."""
    photo = thrown_away()
    for path in renditions.paths(photo.pk, photo.checksum):
        storages["thumbnails"].delete(path)
        storages["thumbnails"].save(path, ContentFile(b"some size"))
    trashing.purge([photo.pk])

    assert files_in(thumbnails) == []


def test_a_tombstone_has_no_traits():
    """No filter finds it, and no suggestion counts it."""
    photo = thrown_away()
    sea = Trait.objects.create(kind=TraitKind.TAG, value="Sea", folded="sea")
    PhotoTrait.objects.create(photo=photo, trait=sea)
    PhotoFactory(source_image=photo)
    trashing.purge([photo.pk])

    assert not PhotoTrait.objects.exists()


def test_what_comes_back_is_where_it_was_in_its_lineage():
    """The trash touches no link between pictures."""
    source = PhotoFactory()
    photo = PhotoFactory(source_image=source)
    child = PhotoFactory(source_image=photo)
    trashing.trash([photo.pk])
    trashing.restore([photo.pk])

    assert lineage.ancestors(child).photos == [source, photo]


def test_a_rendition_made_while_its_photo_was_purged_does_not_stay(monkeypatch, thumbnails):
    """The worker looks again after it has written the file."""
    photo = PhotoFactory(with_file=True, trashed=True, mime_type="image/tiff")
    drawn = thumbnailing.render

    def purge_meanwhile(*arguments):
        image = drawn(*arguments)
        trashing.purge([photo.pk])
        return image

    monkeypatch.setattr(thumbnailing, "render", purge_meanwhile)

    assert thumbnailing.make_large(photo.pk) is False
    assert files_in(thumbnails) == []


def test_files_are_looked_for_in_the_library_once_for_many():
    """No index helps to find who else names a file, and a trash may hold a hundred thousand."""
    keys = [thrown_away().pk for _ in range(3)]
    with CaptureQueriesContext(connection) as asked:
        trashing.purge(keys)
    looking = [query["sql"] for query in asked if "COUNT(" in query["sql"] or 'NOT ("photos"."id"' in query["sql"]]

    assert len(looking) == 1
