"""Where pictures came from and what they led to."""

import pytest

from photos import extensions, lineage
from photos.lineage import ancestors, descendants, siblings
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def chain(length: int) -> list[Photo]:
    """Return pictures of which each was made from the one before."""
    made = [PhotoFactory()]
    for _ in range(length - 1):
        made.append(PhotoFactory(generated=True, source_image=made[-1]))
    return made


def test_the_way_begins_with_the_first_source():
    """It ends with what the picture was made from, without the picture."""
    first, second, third, _ = chain(4)

    assert ancestors(third).photos == [first, second]
    assert ancestors(first).photos == []


def test_what_was_made_from_a_picture_comes_generation_by_generation():
    """Children before grandchildren, the older first."""
    root = PhotoFactory()
    older, younger = PhotoFactory(source_image=root), PhotoFactory(source_image=root)
    grandchild = PhotoFactory(source_image=older)

    assert descendants(root).photos == [older, younger, grandchild]


def test_pictures_of_the_same_source_are_siblings():
    """The picture is not its own."""
    root = PhotoFactory()
    one, other = PhotoFactory(source_image=root), PhotoFactory(source_image=root)
    PhotoFactory()

    assert siblings(one).photos == [other]
    assert siblings(root).photos == []


def test_apps_above_know_more_siblings(monkeypatch):
    """Such as the other pictures of the same step."""
    one, other = PhotoFactory(), PhotoFactory()
    monkeypatch.setattr(extensions, "_siblings", [])
    extensions.on_siblings(lambda pk: [one.pk, other.pk])

    assert siblings(one).photos == [other]


def test_a_picture_that_descends_from_itself_does_no_harm():
    """No row should say so, and one that does is still shown."""
    first, second = chain(2)
    Photo.objects.filter(pk=first.pk).update(source_image=second)
    first.refresh_from_db()

    assert ancestors(first).photos == [second]
    assert descendants(first).photos == [second]


def test_what_is_not_shown_is_counted(monkeypatch):
    """Nearest first, and the rest by number."""
    root = PhotoFactory()
    PhotoFactory.create_batch(7, source_image=root)
    few = descendants(root, limit=4)
    monkeypatch.setattr(lineage, "COUNTED", 5)
    many = descendants(root, limit=4)

    assert (len(few.photos), few.rest) == (4, "and 3 more")
    assert (len(many.photos), many.rest) == (4, "and more than 2 more")


def test_a_long_way_is_shown_from_its_nearer_end(monkeypatch):
    """The first sources are only counted."""
    monkeypatch.setattr(lineage, "UP", 2)
    made = chain(5)
    way = ancestors(made[-1])

    assert (way.photos, way.more) == (made[2:4], 2)


def test_kin_costs_the_same_number_of_queries_however_large_the_family(django_assert_num_queries):
    """Two for each direction and for the siblings, one more that generation asks."""
    made = chain(3)
    PhotoFactory(source_image=made[0])
    lineage.lineage(made[1])
    with django_assert_num_queries(7):
        lineage.lineage(made[1])
    PhotoFactory.create_batch(12, source_image=made[1])
    PhotoFactory.create_batch(12, source_image=made[0])
    with django_assert_num_queries(7):
        shown = lineage.lineage(made[1])
        [(one.grid_url, one.alt, lineage.note(one)) for one in shown.results.photos]


def test_the_strip_tells_what_is_gone_and_what_is_in_the_trash(owner_client):
    """A tombstone is no link; the trash is named."""
    stone = PhotoFactory(purged_at="2026-05-02T12:00Z", deleted_at="2026-05-01T12:00Z")
    trashed = PhotoFactory(source_image=stone, trashed=True)
    photo = PhotoFactory(source_image=trashed)

    page = owner_client.get(f"/photos/{photo.pk}/lineage/", headers=HTMX).content.decode()

    assert "Deleted for good" in page
    assert "In the trash" in page
    assert stone.get_absolute_url() not in page
    assert trashed.get_absolute_url() in page


def test_keys_lead_past_what_is_gone(owner_client):
    """To the nearest picture that can be shown."""
    photo = PhotoFactory()
    stone = PhotoFactory(source_image=photo, purged_at="2026-05-02T12:00Z", deleted_at="2026-05-01T12:00Z")
    child = PhotoFactory(source_image=stone)
    kin = lineage.lineage(photo)

    assert (kin.nearest_result, kin.nearest_source) == (child, None)
    assert lineage.lineage(child).nearest_source == photo


def test_a_picture_without_kin_has_no_strip(owner_client):
    """The part of the page that was kept for it vanishes."""
    photo = PhotoFactory()

    assert owner_client.get(f"/photos/{photo.pk}/lineage/", headers=HTMX).content.strip() == b""


def test_without_scripts_the_strip_is_a_page(owner_client):
    """The photo's page links to it; it keeps the list the owner came from."""
    root, photo = chain(2)
    linked = owner_client.get(photo.get_absolute_url(), {"q": "fox"}).content.decode()
    page = owner_client.get(f"/photos/{photo.pk}/lineage/", {"q": "fox"}).content.decode()

    assert f"/photos/{photo.pk}/lineage/?q=fox" in linked
    assert f"{root.get_absolute_url()}?q=fox" in page
    assert "<html" in page


def test_the_kin_of_what_was_purged_is_not_shown_by_itself(owner_client):
    """A tombstone has no page."""
    stone = PhotoFactory(purged_at="2026-05-02T12:00Z", deleted_at="2026-05-01T12:00Z")

    assert owner_client.get(f"/photos/{stone.pk}/lineage/").status_code == 404
