"""Reading what Fooocus writes."""

import json

import pytest

from photos.metadata import read_generation
from photos.tests.corpus import A1111, FOOOCUS


def test_numbers_written_as_text_are_numbers():
    """The seed is a text and the size a tuple of Python's, which is never evaluated."""
    params = read_generation({"parameters": json.dumps(FOOOCUS)}).params

    assert (params["seed"], params["width"], params["height"]) == (42, 512, 768)
    assert params["other"]["performance"] == "Speed"


@pytest.mark.parametrize("resolution", ["__import__('os')", "(1, 2, 3)", "", None, [512, 768]])
def test_a_strange_size_is_no_size(resolution):
    """Everything else is still read."""
    found = read_generation({"parameters": json.dumps(FOOOCUS | {"resolution": resolution})})

    assert found.prompt
    assert "width" not in found.params


def test_the_scheme_may_be_a1111s():
    """The text is A1111's, the program is not."""
    found = read_generation({"fooocus_scheme": "a1111", "parameters": A1111})

    assert (found.generator, found.params["steps"]) == ("Fooocus", 20)
