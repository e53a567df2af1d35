"""Pictures that were made beside each other."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generation.models import StepAlternative
from generation.running import recording
from generation.sessions.kinship import alternatives_of
from generation.sessions.provenance import told_of
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory, make_recipe
from photos import lineage
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def test_alternatives_of_a_step_are_siblings():
    """Those of other steps are not."""
    mine, other = StepFactory(), StepFactory()
    one, beside, apart = MadePhotoFactory.create_batch(3)
    for step, image in ((mine, one), (mine, beside), (other, apart)):
        StepAlternative.objects.create(step=step, image=image)

    assert alternatives_of(one.pk) == [beside.pk]
    assert lineage.siblings(one).photos == [beside]


def test_what_a_step_makes_descends_from_its_source():
    """From the moment the picture is known, before it is fetched."""
    source = PhotoFactory()
    step = StepFactory(source_image=source, processing=True)
    recording.record(step, recording.Made("a.png", seed=11))

    made = Photo.objects.get(invoke_id="a.png")

    assert lineage.ancestors(made).photos == [source]
    assert lineage.descendants(source).photos == [made]


def test_the_panel_shows_the_way_to_a_picture(owner_client: Client) -> None:
    """Each step that led there, by its words."""
    session = SessionFactory()
    first = StepFactory(session=session, recipe=make_recipe(prompt="a fox in the snow"))
    source = AlternativeFactory(step=first, image__here=True).image
    step = StepFactory(session=session, parent=first, source_image=source, position=2)
    image = AlternativeFactory(step=step, image__here=True).image

    page = owner_client.get(f"/generate/for-photo/{image.pk}/").content.decode()
    assert "The steps that led here" in page
    assert f'href="{first.get_absolute_url()}"' in page
    assert "from picture 1" in page


def test_the_panel_shows_what_grew_from_a_picture_anywhere(owner_client: Client) -> None:
    """Also from a photograph that no step made, and in sessions where nothing was asked for yet."""
    photo = PhotoFactory()
    grown = StepFactory(source_image=photo)
    empty = SessionFactory(source_image=photo)

    page = owner_client.get(f"/generate/for-photo/{photo.pk}/").content.decode()
    assert grown.get_absolute_url() in page
    assert empty.get_absolute_url() in page


def test_the_panel_says_when_something_grew_in_another_session(owner_client: Client) -> None:
    """A walk leads across sessions, and says so."""
    image = AlternativeFactory(image__here=True).image
    StepFactory(source_image=image)

    assert b"in another session" in owner_client.get(f"/generate/for-photo/{image.pk}/").content


def test_the_panel_takes_as_many_queries_however_much_there_is() -> None:
    """Long ways and large families add rows, not queries."""
    session, image, parent = SessionFactory(), None, None
    counts = []
    for _ in range(3):
        for _ in range(4):
            parent = StepFactory(session=session, parent=parent, source_image=image)
            image = AlternativeFactory(step=parent, image__here=True).image
        StepFactory.create_batch(4, source_image=image)
        with CaptureQueriesContext(connection) as queries:
            assert told_of(image.pk)
        counts.append(len(queries))

    assert len(set(counts)) == 1
