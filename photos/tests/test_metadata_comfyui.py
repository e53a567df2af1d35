"""Finding prompts, model and numbers in graphs of ComfyUI."""

import json
from typing import Any

import pytest

from photos.metadata import read_generation
from photos.tests.corpus import COMFYUI, NEGATIVE, PROMPT


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def read(graph: dict[str, Any], **changes: Any):
    return read_generation({"prompt": json.dumps(graph | changes)})


def sampler(**changes: Any) -> dict[str, Any]:
    return node("KSampler", **(COMFYUI["3"]["inputs"] | changes))


def test_values_are_found_behind_links():
    """A seed node, or a text box that feeds the encoder."""
    found = read(
        COMFYUI,
        **{"3": sampler(seed=["20", 0], steps=["21", 0])},
        **{"6": node("CLIPTextEncode", text=["22", 0], clip=["4", 1])},
        **{"20": node("Seed (rgthree)", seed=43), "21": node("PrimitiveInt", value=30)},
        **{"22": node("StringConstant", string="a hare")},
    )

    assert (found.prompt, found.params["seed"], found.params["steps"]) == ("a hare", 43, 30)


def test_joined_texts_are_one_prompt():
    """Concatenations may feed concatenations."""
    found = read(
        COMFYUI,
        **{"6": node("CLIPTextEncode", text=["20", 0], clip=["4", 1])},
        **{"20": node("StringConcatenate", string_a=["21", 0], string_b="in snow", delimiter=", ")},
        **{"21": node("Text Multiline", text="a fox")},
    )

    assert found.prompt == "a fox, in snow"


def test_control_nets_keep_the_sides_apart():
    """They take and give both prompts."""
    control = node("ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0], control_net=["21", 0])
    found = read(COMFYUI, **{"3": sampler(positive=["20", 0], negative=["20", 1]), "20": control})

    assert (found.prompt, found.negative_prompt) == (PROMPT, NEGATIVE)


def test_combined_conditions_are_all_read():
    """Each encoder's text on a line."""
    both = node("ConditioningCombine", conditioning_1=["6", 0], conditioning_2=["21", 0])
    more = node("CLIPTextEncode", text="in snow", clip=["4", 1])
    found = read(COMFYUI, **{"3": sampler(positive=["20", 0]), "20": both, "21": more})

    assert sorted(found.prompt.split("\n")) == sorted([PROMPT, "in snow"])


def test_a_wiped_condition_is_no_negative_prompt():
    """It is made of the positive one, whose words it forgets."""
    found = read(
        COMFYUI, **{"3": sampler(negative=["20", 0]), "20": node("ConditioningZeroOut", conditioning=["6", 0])}
    )

    assert (found.prompt, found.negative_prompt) == (PROMPT, "")


@pytest.mark.parametrize("keys", [("positive", "negative"), ("positive_prompt", "negative_prompt")])
def test_a_loader_may_hold_both_prompts(keys):
    """Nodes that do everything have them as plain texts."""
    loader = node("Efficient Loader", ckpt_name="m.ckpt", **dict(zip(keys, ("a hare", "ugly"), strict=True)))
    found = read({"1": sampler(positive=["2", 1], negative=["2", 2], model=["2", 0]), "2": loader})

    assert (found.prompt, found.negative_prompt, found.model_name) == ("a hare", "ugly", "m")


def test_a_name_may_be_wrapped_with_its_preview():
    """Some nodes keep a picture beside it."""
    loader = node("CheckpointLoader|pysssss", ckpt_name={"content": "n.safetensors", "image": None})

    assert read(COMFYUI, **{"4": loader}).model_name == "n"


FLUX = {
    "1": node("SamplerCustomAdvanced", noise=["2", 0], guider=["3", 0], sampler=["4", 0], sigmas=["5", 0],
              latent_image=["6", 0]),
    "2": node("RandomNoise", noise_seed=42),
    "3": node("BasicGuider", model=["8", 0], conditioning=["7", 0]),
    "4": node("KSamplerSelect", sampler_name="euler"),
    "5": node("BasicScheduler", scheduler="simple", steps=20, denoise=1.0, model=["8", 0]),
    "6": node("EmptySD3LatentImage", width=1024, height=768, batch_size=1),
    "7": node("FluxGuidance", guidance=3.5, conditioning=["9", 0]),
    "8": node("UNETLoader", unet_name="flux1-dev.safetensors"),
    "9": node("CLIPTextEncodeFlux", clip_l="a fox", t5xxl="a fox", guidance=3.5, clip=["10", 0]),
}  # fmt: skip


def test_guiders_are_followed():
    """FLUX has noise, guidance and schedule in nodes of their own, and no negative prompt."""
    found = read(FLUX)

    assert (found.prompt, found.negative_prompt, found.model_name) == ("a fox", "", "flux1-dev")
    assert found.params == {
        "seed": 42, "steps": 20, "guidance": 3.5, "sampler": "euler", "scheduler": "simple", "strength": 1.0,
        "width": 1024, "height": 768, "model": {"name": "flux1-dev", "file": "flux1-dev.safetensors"},
    }  # fmt: skip


def test_the_first_of_two_samplers_is_read():
    """The second only refines what the first made."""
    up = node("LatentUpscale", samples=["3", 0], width=1024, height=1536)
    second = node("KSampler", **(COMFYUI["3"]["inputs"] | {"seed": 7, "steps": 8, "latent_image": ["20", 0]}))
    found = read({"1": second, "20": up, **COMFYUI})

    assert (found.params["seed"], found.params["width"]) == (42, 512)


def test_stacks_of_loras_are_read():
    """Those that are switched off are left out."""
    stack = node(
        "Power Lora Loader (rgthree)", model=["4", 0], clip=["4", 1],
        lora_1={"on": True, "lora": "dir/one.safetensors", "strength": 0.5},
        lora_2={"on": False, "lora": "two.safetensors", "strength": 1},
    )  # fmt: skip
    found = read(COMFYUI, **{"9": stack})

    assert found.params["loras"] == [{"name": "one", "file": "dir/one.safetensors", "weight": 0.5}]


def test_an_unknown_graph_gives_its_long_texts():
    """So that a search finds the picture."""
    found = read({"1": node("MagicBox", wish="a fox that walks through snow", mode="fast")})

    assert (found.generator, found.prompt) == ("ComfyUI", "a fox that walks through snow")


def test_a_plain_prompt_is_no_graph():
    """Other programs use the same key."""
    assert read_generation({"prompt": "a fox"}) is None


def test_the_text_of_a_saver_is_preferred_to_the_graph():
    """It says what was meant."""
    text = "a hare\nSteps: 20, Sampler: euler, Seed: 1, Version: ComfyUI"
    found = read_generation({"prompt": json.dumps(COMFYUI), "parameters": text})

    assert (found.generator, found.prompt) == ("ComfyUI", "a hare")


def test_circles_come_to_an_end():
    """A hostile graph links nodes to themselves."""
    circle = node("StringConcatenate", string_a=["6", 0], string_b=["20", 0], text=["20", 0])
    circled = sampler(**{key: ["3", 0] for key in COMFYUI["3"]["inputs"]})
    found = read(COMFYUI, **{"3": circled, "6": circle, "20": circle})

    assert found.generator == "ComfyUI"
