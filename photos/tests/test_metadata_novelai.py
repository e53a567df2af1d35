"""Reading what NovelAI writes."""

import gzip
import json

from photos.imaging.decoding import examine
from photos.metadata import read_generation
from photos.tests import corpus, pictures
from photos.tests.corpus import NOVELAI


def read(**changes):
    comment = json.loads(NOVELAI["Comment"]) | changes
    return read_generation(NOVELAI | {"Comment": json.dumps(comment)})


def captions(base: str, *people: str):
    return {"caption": {"base_caption": base, "char_captions": [{"char_caption": words} for words in people]}}


def test_characters_of_the_fourth_version_join_the_prompt():
    """Each on a line of its own."""
    found = read(v4_prompt=captions("a wood", "a fox", "a hare"), v4_negative_prompt=captions("blurry"))

    assert (found.prompt, found.negative_prompt) == ("a wood\na fox\na hare", "blurry")


def test_the_source_names_the_model_and_its_hash():
    """The hash is its last word."""
    assert read().params["model"] == {"name": "NovelAI Diffusion V4", "hash": "37442FCA"}


def test_a_broken_comment_leaves_the_description():
    """The prompt is there twice."""
    assert read_generation(NOVELAI | {"Comment": "{"}).prompt == corpus.PROMPT


def test_a_bomb_in_the_alpha_channel_does_not_go_off(tmp_path):
    """It is unpacked up to a limit, and is then no JSON."""
    path = tmp_path / "bomb.png"
    path.write_bytes(corpus.stealthy(gzip.compress(b"[" * 700_000, 9)))

    assert "Comment" not in examine(path).chunks


def test_a_signature_without_anything_behind_it_is_nothing(tmp_path):
    """Some chance bits look like one."""
    path = tmp_path / "empty.png"
    path.write_bytes(corpus.stealthy(b""))

    assert examine(path).chunks == {}
    assert examine(path).width == pictures.image(64, 128).width
