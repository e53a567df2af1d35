"""Sessions in the search box."""

import pytest

from generation.tests.factories import StepFactory
from photos.models import Photo
from photos.querying import read
from photos.searching import narrowing
from photos.tests.factories import PhotoFactory


@pytest.mark.django_db
def test_chosen_pictures_are_found():
    """Those that a step was concluded with."""
    chosen, other = PhotoFactory(generated=True), PhotoFactory(generated=True)
    StepFactory(selected_image=chosen)

    def found(text):
        return set(narrowing.narrow(Photo.objects.visible(), read(text)))

    assert found("is:chosen") == {chosen}
    assert found("-is:chosen") == {other}
