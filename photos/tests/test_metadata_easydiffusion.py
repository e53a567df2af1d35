"""Reading what Easy Diffusion writes into and beside its pictures."""

import json

from photos.metadata import read_generation
from photos.tests.corpus import EASY_DIFFUSION, NEGATIVE, PROMPT

SIDECAR = """a fox: the first line may be anything
Prompt: a fox
Width: 512
Height: 768
Seed: 42
Steps: 25
Guidance Scale: 7.5
Sampler: euler_a
Negative Prompt: blurry
Stable Diffusion model: sd-v1-4
"""


def test_a_file_of_lines_beside_the_picture_is_read():
    """Its labels are for people."""
    found = read_generation({"sidecar": SIDECAR})

    assert (found.generator, found.prompt, found.negative_prompt) == ("Easy Diffusion", "a fox", "blurry")
    assert (found.params["steps"], found.params["width"], found.model_name) == (25, 512, "sd-v1-4")


def test_a_file_of_json_beside_the_picture_is_read():
    """With the same words as in the picture."""
    found = read_generation({"sidecar": json.dumps(EASY_DIFFUSION)})

    assert (found.prompt, found.negative_prompt) == (PROMPT, NEGATIVE)


def test_several_loras_have_their_weights():
    """Lists may be written as Python writes them."""
    more = {"use_lora_model": "['one', 'two']", "lora_alpha": "[0.5, 1]"}

    assert read_generation(EASY_DIFFUSION | more).params["loras"] == [
        {"name": "one", "weight": 0.5},
        {"name": "two", "weight": 1},
    ]
