"""Reading what Draw Things writes into XMP."""

from photos.metadata import read_generation
from photos.tests import containers

NAME = 'xmp:CreatorTool="Draw Things"'


def test_without_json_the_description_is_read():
    """It is a text like A1111's."""
    words = "a fox\nSteps: 20, Sampler: Euler, Seed: 42"
    packet = containers.xmp(containers.listed("dc:description", [words], "Alt"), NAME).decode()
    found = read_generation({"xmp": packet})

    assert (found.generator, found.prompt, found.params["seed"]) == ("Draw Things", "a fox", 42)


def test_another_programs_packet_is_left_alone():
    """The name must be in its place."""
    packet = containers.xmp(containers.listed("dc:subject", ["Draw Things"])).decode()

    assert read_generation({"xmp": packet}) is None
