"""Finding pictures that look alike."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from PIL import Image

from photos import extensions, tasks, trashing
from photos.duplicates import finding
from photos.duplicates.fingerprints import pieces
from photos.duplicates.models import DuplicateDecision, DuplicatePair, Fingerprint
from photos.imaging import thumbnailing
from photos.models import Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory
from photos.tests.test_fingerprints import drawing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails", "nudges")]


def with_bits(bits: int, **facts) -> Photo:
    """Return a photo whose fingerprint is given, not yet compared."""
    photo = PhotoFactory(**facts)
    parts = {f"piece_{number}": part for number, part in enumerate(pieces(bits))}
    Fingerprint.objects.create(photo=photo, bits=bits, **parts)
    return photo


def near_to(bits: int, **facts) -> Photo:
    """Return a photo that was compared when it came, with the fingerprint given."""
    photo = with_bits(bits, **facts)
    finding._pair(photo, bits)
    return photo


def paired() -> set[frozenset]:
    return {frozenset(pair) for pair in DuplicatePair.objects.values_list("photo_a", "photo_b")}


def test_a_new_picture_is_compared_when_its_thumbnail_is_made():
    """A smaller copy in another format is the same to the eye."""
    image = drawing(1)
    first = PhotoFactory(content=pictures.save(image, "PNG"), width=480, height=320)
    copy = PhotoFactory(content=pictures.save(image.resize((240, 160)), "JPEG"), width=240, height=160, extension="jpg")
    other = PhotoFactory(content=pictures.save(drawing(2), "PNG"), width=480, height=320)
    for photo in (first, copy, other):
        thumbnailing.make_thumbnails(photo.pk)

    assert paired() == {frozenset({first.pk, copy.pk})}


def test_near_ones_are_found_and_far_ones_are_not():
    """Six bits are near enough, eight are too many."""
    base = with_bits(0)
    near, far = near_to(0b111111), near_to(0b11 << 60 | 0b111111 << 20)

    assert paired() == {frozenset({base.pk, near.pk})}
    assert far.pk not in {pk for pair in paired() for pk in pair}


def test_a_picture_of_another_shape_is_no_duplicate():
    """A square cut out of a wide picture was cut on purpose."""
    with_bits(5, width=12, height=8)
    near_to(5, width=8, height=8)

    assert not DuplicatePair.objects.exists()


def test_what_a_picture_was_made_from_is_no_duplicate_of_it():
    """However little was changed: that it is alike is no accident."""
    source = with_bits(5)
    between = near_to(5, source_image=source)
    near_to(5, source_image=between)

    assert not DuplicatePair.objects.exists()


def test_siblings_are_asked_about_only_when_nobody_could_tell_them_apart():
    """They were made to be alike; a stranger was not."""
    source = PhotoFactory()
    one, same = with_bits(0, source_image=source), near_to(0b11, source_image=source)
    near_to(0b111100, source_image=source)
    stranger = near_to(0b1111 << 20)

    assert paired() == {
        frozenset({one.pk, same.pk}),
        frozenset({one.pk, stranger.pk}),
        frozenset({same.pk, stranger.pk}),
    }


def test_what_apps_above_call_siblings_are_siblings(monkeypatch):
    """Such as the other pictures of the same step."""
    one = with_bits(0)
    monkeypatch.setattr(extensions, "_siblings", [lambda pk: [one.pk]])
    near_to(0b1111)

    assert paired() == set()


def test_comparing_again_keeps_decisions():
    """A thumbnail that is made anew does not ask again."""
    with_bits(5)
    photo = near_to(5)
    DuplicatePair.objects.update(decision=DuplicateDecision.objects.create())
    finding._pair(photo, 5)

    assert DuplicatePair.objects.get().decision is not None


def test_a_burst_makes_no_endless_number_of_pairs(monkeypatch):
    """Each picture is paired with its nearest, so groups still hold together."""
    monkeypatch.setattr(finding, "NEAREST", 3)
    for _ in range(10):
        near_to(5)

    assert DuplicatePair.objects.count() <= 30


def test_a_picture_is_compared_by_the_same_number_of_queries_however_many_there_are(django_assert_num_queries):
    """By look-ups in an index; the chance of a look-alike does not grow with the library."""
    with_bits(5)
    photo = with_bits(5)
    with django_assert_num_queries(8):
        finding._pair(photo, 5)
    for number in range(30):
        with_bits(number << 40 | 0xFFFF << 20)
    with django_assert_num_queries(8):
        finding._pair(photo, 5)


def test_a_purged_picture_is_forgotten():
    """Also when it stays as a tombstone."""
    photo = with_bits(5, trashed=True)
    near_to(5)
    PhotoFactory(source_image=photo)
    trashing.purge([photo.pk])

    assert not DuplicatePair.objects.exists()
    assert not Fingerprint.objects.filter(photo=photo).exists()


def test_a_picture_that_is_gone_by_then_is_no_mistake():
    """It was purged while it was compared."""
    photo = PhotoFactory()
    Photo.objects.filter(pk=photo.pk).delete()
    finding.note(photo, drawing(1))

    assert not Fingerprint.objects.exists()


def with_thumbnail(image: Image.Image) -> Photo:
    photo = PhotoFactory(with_thumbnail=True)
    storages["thumbnails"].save(photo.local_thumbnail_path, ContentFile(pictures.save(image, "WEBP")))
    return photo


def test_the_command_compares_what_was_here_before(capsys):
    """It reads thumbnails, changes nothing, and finds nothing to do the second time."""
    one, other = with_thumbnail(drawing(1)), with_thumbnail(drawing(1).resize((300, 200)))
    PhotoFactory(with_thumbnail=True)
    call_command("find_duplicates")
    first = capsys.readouterr().out
    call_command("find_duplicates")

    assert paired() == {frozenset({one.pk, other.pk})}
    assert "3 pictures compared; 1 pairs wait" in first
    assert "0 pictures compared" in capsys.readouterr().out


def test_the_worker_reads_missing_fingerprints_a_few_at_a_time(monkeypatch):
    """And asks to go on."""
    asked = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, *ids: asked.append(task))
    monkeypatch.setattr(finding, "CHUNK", 2)
    monkeypatch.setattr(finding.note_missing, "__defaults__", (2,))
    for seed in range(3):
        with_thumbnail(drawing(seed))
    tasks.note_looks()
    tasks.note_looks()

    assert asked == [tasks.note_looks]
    assert Fingerprint.objects.count() == 3
