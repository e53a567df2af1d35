"""Reading the text of AUTOMATIC1111's web UI and of what speaks like it."""

import json

import pytest

from photos.metadata import read_generation

LINE = "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x768"


def read(text: str, key: str = "parameters"):
    return read_generation({key: text})


def test_prompts_may_have_many_lines():
    """Everything up to the negative prompt, and everything up to the last line."""
    found = read(f"a fox\n\nin snow\nNegative prompt: blurry\nlow quality\n{LINE}")

    assert (found.prompt, found.negative_prompt) == ("a fox\n\nin snow", "blurry\nlow quality")


def test_the_numbers_have_our_names():
    """As every other generator's."""
    assert read(f"a fox\n{LINE}").params == {
        "steps": 20, "sampler": "Euler a", "cfg_scale": 7, "seed": 42, "width": 512, "height": 768
    }  # fmt: skip


def test_a_last_line_of_two_pairs_belongs_to_the_prompt():
    """Three make it a line of parameters: prompts hold colons too."""
    found = read("a fox\nstyle: ink, mood: calm")

    assert found.prompt == "a fox\nstyle: ink, mood: calm"
    assert not found.params


def test_a_quoted_value_may_hold_commas_colons_and_quotes():
    """It is written as JSON writes texts."""
    quoted = json.dumps('Module: canny, Weight: 1, Say: "hi"\nEnd')
    found = read(f"a fox\n{LINE}, ControlNet 0: {quoted}, Version: v1.10.1")

    assert found.params["other"]["ControlNet 0"] == 'Module: canny, Weight: 1, Say: "hi"\nEnd'
    assert found.params["app_version"] == "v1.10.1"


def test_a_value_may_be_json_without_quotes():
    """Extensions write their hashes so."""
    found = read(f'a fox <lora:style:0.8>\n{LINE}, Hashes: {{"model": "aa", "lora:style": "bb"}}, Model: dir/m.ckpt')

    assert found.params["model"] == {"name": "m", "file": "dir/m.ckpt", "hash": "aa"}
    assert found.params["loras"] == [{"name": "style", "hash": "bb", "weight": 0.8}]


@pytest.mark.parametrize(
    ("written", "lora"),
    [
        ("<lora:style:0.8>", {"name": "style", "weight": 0.8}),
        ("<lora:style>", {"name": "style", "weight": 1}),
        ("<lora:style:0.8:lbw=MIDD>", {"name": "style", "weight": 0.8}),
        ("<lyco:my style:-1>", {"name": "my style", "weight": -1}),
    ],
)
def test_loras_stand_in_the_prompt(written, lora):
    """They stay there too, as they were written."""
    found = read(f"a fox {written}\n{LINE}")

    assert found.params["loras"] == [lora]
    assert written in found.prompt


def test_notes_below_the_parameters_do_not_hide_them():
    """Extensions add the template a prompt was made of."""
    found = read(f"a fox\n{LINE}\nTemplate: a {{fox|hare}}")

    assert (found.prompt, found.params["seed"]) == ("a fox", 42)


@pytest.mark.parametrize(
    ("pairs", "generator"),
    [
        ("Version: v1.10.1", "AUTOMATIC1111"),
        ("Version: f2.0.1v1.10.1-previous-313", "Forge"),
        ("Version: neo", "Forge"),
        ("App: SD.Next, Version: 0f1b3f2", "SD.Next"),
        ("Version: ComfyUI", "ComfyUI"),
        ("Civitai resources: []", "Civitai"),
    ],
)
def test_the_program_is_told_by_its_version(pairs, generator):
    """They all write under the same key."""
    assert read(f"a fox\n{LINE}, {pairs}").generator == generator


@pytest.mark.parametrize("key", ["exif:UserComment", "comment", "sidecar", "exif:ImageDescription"])
def test_elsewhere_only_a_text_with_parameters_counts(key):
    """Cameras and people write comments as well."""
    assert read(f"a fox\n{LINE}", key).prompt == "a fox"
    assert read("Berlin: day one, Weather: fine, Mood: good", key) is None


def test_a_seed_too_long_for_a_browser_stays_exact():
    """It is kept as text."""
    assert read("a fox\nSteps: 20, Sampler: Euler, Seed: 18446744073709551615").params["seed"] == "18446744073709551615"
