"""Reading what generators wrote into their pictures."""

import json

import pytest

from photos.metadata import read_generation
from photos.metadata.chunks import KEPT_LENGTH, to_keep
from photos.metadata.text import clean, parse_object

SDXL = {
    "generation_mode": "sdxl_txt2img", "positive_prompt": "a fox", "negative_prompt": "blurry", "width": 1024,
    "height": 1024, "seed": 42, "cfg_scale": 6.0, "steps": 30, "scheduler": "dpmpp_2m_k",
    "model": {"key": "k1", "hash": "blake3:aa", "name": "my-sdxl", "base": "sdxl", "type": "main"},
    "loras": [{"model": {"key": "k2", "name": "style", "base": "sdxl", "type": "lora"}, "weight": 0.8}],
    "app_version": "6.14.2",
}  # fmt: skip


def read(found: object, key: str = "invokeai_metadata"):
    return read_generation({key: found if isinstance(found, str) else json.dumps(found)})


def test_invokeai_of_today_is_read():
    """Prompts, numbers and model come out in our words."""
    found = read(SDXL)

    assert (found.prompt, found.negative_prompt) == ("a fox", "blurry")
    assert (found.model_key, found.model_name) == ("k1", "my-sdxl")
    assert (found.params["seed"], found.params["steps"], found.params["scheduler"]) == (42, 30, "dpmpp_2m_k")


def test_loras_keep_their_weight():
    """Each is named with how strongly it was used."""
    assert read(SDXL).params["loras"] == [{"key": "k2", "name": "style", "base": "sdxl", "type": "lora", "weight": 0.8}]


def test_a_refiner_is_read_with_its_numbers():
    """Its model in the shape of the others."""
    finish = {"key": "k3", "name": "finish", "base": "sdxl-refiner", "type": "main"}
    told = {"refiner_model": finish, "refiner_start": 0.8, "refiner_steps": 20, "refiner_scheduler": "euler"}

    assert read(SDXL | told).params.items() >= told.items()
    assert not [name for name in read(SDXL).params if name.startswith("refiner")]


def test_invokeai_3_named_models_otherwise():
    """Models had no keys yet, and LoRAs stood under another name."""
    old = {
        "model": {"model_name": "x", "base_model": "sd-1", "model_type": "main"},
        "loras": [{"lora": {"model_name": "y", "base_model": "sd-1"}, "weight": 0.5}],
    }
    found = read(old)

    assert (found.model_name, found.model_key) == ("x", "")
    assert found.params == {
        "model": {"name": "x", "base": "sd-1", "type": "main"},
        "loras": [{"name": "y", "base": "sd-1", "weight": 0.5}],
    }


def test_invokeai_2_is_read_from_its_json():
    """The prompt was a list of weighted texts, its negative part in brackets."""
    image = {"prompt": [{"prompt": "a fox [blurry]", "weight": 1.0}], "steps": 30, "seed": 42, "sampler": "k_euler"}
    found = read({"model_id": "sd-1.5", "image": image}, "sd-metadata")

    assert (found.prompt, found.negative_prompt, found.model_name) == ("a fox", "blurry", "sd-1.5")
    assert found.params["scheduler"] == "k_euler"


def test_invokeai_2_is_read_from_its_command():
    """Older files hold only the command line."""
    found = read('"a fox [blurry]" -s 30 -S 42 -W 512 -H 512 -C 7.5 -A k_lms', "Dream")

    assert found.prompt == "a fox"
    assert found.params == {
        "steps": 30, "seed": 42, "width": 512, "height": 512, "cfg_scale": 7.5, "scheduler": "k_lms"
    }  # fmt: skip


HOSTILE = [
    "", "null", "[]", "3", '"text"', "{", "[" * 100_000, '{"a":' * 100_000, '{"seed": NaN, "steps": Infinity}',
    '{"seed": 1e999}', '{"seed": ' + "9" * 5000 + "}", '{"positive_prompt": 5, "model": [], "loras": {"a": 1}}',
    '{"loras": [1, null, {"model": 3}, {"lora": []}]}', '{"model": {"name": {"a": 1}, "key": null}}',
    '{"image": {"prompt": [[["x"]]]}}', '{"images": [1]}', '"unclosed', '{"seed": true, "steps": "many"}',
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("key", ["invokeai_metadata", "sd-metadata", "Dream"])
def test_hostile_texts_never_crash_and_never_reach_the_database(key, text):
    """What comes out is plain JSON with finite numbers."""
    found = read(text, key)

    assert found is None or json.dumps(found.params, allow_nan=False)


def test_what_no_database_takes_is_taken_out():
    """NUL and lone surrogates."""
    assert read('{"positive_prompt": "a\\u0000b\\ud800c"}').prompt == "ab?c"


def test_a_text_is_cut_to_its_limit():
    """Limits count characters."""
    assert clean("ééé", limit=2) == "éé"


def test_data_nested_too_deeply_is_cut():
    """A page shows it by recursion."""
    assert "40" not in json.dumps(parse_object('{"a":' * 60 + "40" + "}" * 60))


def test_a_picture_without_texts_has_no_generation():
    """Most photographs."""
    assert read_generation({"Software": "camera"}) is None


def test_huge_texts_are_not_kept():
    """A text that does not fit is left out whole: half of a JSON object is of no use."""
    kept = to_keep({"small": "x", "huge": "y" * (KEPT_LENGTH + 1)})

    assert kept == {"small": "x"}
