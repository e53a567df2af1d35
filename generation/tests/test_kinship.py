"""Pictures that were made beside each other."""

import pytest

from generation import recording
from generation.kinship import alternatives_of
from generation.models import StepAlternative
from generation.tests.factories import MadePhotoFactory, StepFactory
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
