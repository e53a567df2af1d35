"""Text files beside a picture."""

import pytest

from photos.importing import import_file
from photos.metadata.sidecars import LIMIT, read_sidecar
from photos.models import Photo
from photos.rereading import reread
from photos.tests import pictures

WORDS = "a fox\nSteps: 20, Sampler: Euler, Seed: 42"


@pytest.fixture
def picture(tmp_path):
    """A picture that says nothing itself."""
    path = tmp_path / "00001-42.png"
    path.write_bytes(pictures.png(seed=9))
    return path


@pytest.mark.django_db
@pytest.mark.usefixtures("incoming", "nudges")
def test_a_picture_is_known_by_the_text_beside_it(picture):
    """Reading the original again, which the text is no part of, does not forget it."""
    picture.with_suffix(".txt").write_text(WORDS)
    photo = import_file(picture)
    reread(photo.pk)
    again = Photo.objects.get(pk=photo.pk)

    assert photo.generation_prompt == again.generation_prompt == "a fox"
    assert again.metadata["chunks"] == {"sidecar": WORDS}


@pytest.mark.django_db
@pytest.mark.usefixtures("incoming", "nudges")
def test_a_caption_beside_a_photograph_makes_it_no_generated_picture(picture):
    """People keep captions for training there."""
    picture.with_suffix(".txt").write_text("a photo of a fox, snow: deep")
    photo = import_file(picture)

    assert not photo.is_generated
    assert "chunks" not in photo.metadata


def test_only_a_small_text_of_the_same_name_counts(picture):
    """A folder holds other texts too."""
    (picture.parent / "readme.txt").write_text(WORDS)
    picture.with_suffix(".txt").write_bytes(b"x" * (LIMIT + 1))
    picture.with_suffix(".json").mkdir()

    assert read_sidecar(picture) == {}
