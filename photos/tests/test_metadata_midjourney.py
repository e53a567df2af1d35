"""Reading commands of Midjourney."""

import pytest

from photos.metadata import read_generation

JOB = "Job ID: a7421d2f-1111-2222-3333-444455556666"


def read(words: str):
    return read_generation({"Description": words})


@pytest.mark.parametrize(
    ("words", "prompt", "negative", "model"),
    [
        (f"a fox --ar 2:1 --v 6 {JOB}", "a fox", "", "Midjourney 6"),
        (f"a fox --no blur, low-res --niji 6 {JOB}", "a fox", "blur, low-res", "Niji 6"),
        (f"a fox {JOB}", "a fox", "", ""),
        ("a well-known fox --stylize 80 --v 5.2", "a well-known fox", "", "Midjourney 5.2"),
    ],
)
def test_a_command_is_taken_apart(words, prompt, negative, model):
    """The prompt is what stands before the flags."""
    found = read(words)

    assert (found.generator, found.prompt, found.negative_prompt) == ("Midjourney", prompt, negative)
    assert found.model_name == model


def test_flags_without_a_common_word_are_kept():
    """Those without a value are simply on."""
    assert read(f"a fox --ar 2:1 --tile --seed 5 {JOB}").params == {
        "seed": 5,
        "other": {"job_id": JOB.removeprefix("Job ID: "), "ar": "2:1", "tile": True},
    }


@pytest.mark.parametrize("words", ["a fox -- at last", "run it with --verbose", "Job ID: 7", "--"])
def test_other_descriptions_are_no_commands(words):
    """Dashes are not enough."""
    assert read(words) is None
