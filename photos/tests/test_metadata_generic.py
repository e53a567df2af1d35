"""Knowing pictures that only say that a model made them."""

import pytest

from photos.metadata import read_generation
from photos.metadata.c2pa import read_c2pa
from photos.tests import containers

TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.mark.parametrize(
    ("kind", "is_generated"),
    [("trainedAlgorithmicMedia", True), ("compositeWithTrainedAlgorithmicMedia", False), ("digitalCapture", False)],
)
def test_only_a_picture_made_wholly_by_a_model_is_generated(kind, is_generated):
    """A photograph that was retouched stays one."""
    packet = containers.xmp(attributes=f'Iptc4xmpExt:DigitalSourceType="{TYPES}{kind}"').decode()

    assert (read_generation({"xmp": packet}) is not None) == is_generated
    assert bool(read_c2pa(f"jumb {TYPES}{kind}".encode())) == is_generated


def test_a_signed_photograph_is_no_generated_picture():
    """Cameras sign theirs as well."""
    assert read_c2pa(b"jumb c2pa Leica digitalCapture") == ""


def test_the_maker_is_named_by_the_credit():
    """IPTC itself has no name for it."""
    source = f'Iptc4xmpExt:DigitalSourceType="{TYPES}trainedAlgorithmicMedia"'
    packet = containers.xmp(attributes=f'photoshop:Credit="Made with Google AI" {source}')

    assert read_generation({"xmp": packet.decode()}).generator == "Google"
