"""What InvokeAI would refuse, or choke on, never leaves the gallery."""

from dataclasses import replace
from typing import Any

import pytest

from generation.recipes import rules
from generation.recipes.recipe import LoraChoice, Margins, ModelChoice, SourcePicture
from generation.tests.factories import REFINER, SD1, SDXL, VAE, make_recipe

FLUX = ModelChoice("key-flux", "blake3:flux", "Schnell", "flux", variant="schnell")
FILL = ModelChoice("key-fill", "blake3:fill", "Fill", "flux", format="sdnq_quantized", variant="dev_fill")
T5 = ModelChoice("key-t5", "blake3:t5", "T5", "any", "t5_encoder")


@pytest.mark.parametrize(
    ("name", "version", "is_known"),
    [
        ("color_compensation", (6, 9), False),
        ("color_compensation", (6, 10), True),
        ("color_compensation", None, True),
        ("hidiffusion", (6, 13), False),
        ("hidiffusion", (6, 14), True),
    ],
)
def test_what_an_older_server_would_leave_out_is_told(
    name: str, version: tuple[int, int] | None, *, is_known: bool
) -> None:
    """Switched on only; and where the version is not known, nobody can tell."""
    faults = rules.problems(make_recipe(model=SDXL, **{name: True}), version=version)

    assert (name not in faults) == is_known
    assert rules.problems(make_recipe(model=SDXL), version=version) == {}


def test_a_good_recipe_has_no_fault() -> None:
    """The usual request passes."""
    assert rules.problems(make_recipe()) == {}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"model": SDXL, "width": 1219}, "width", "SDXL takes multiples of 8. The nearest is 1216."),
        ({"height": 63}, "height", "A side must be between 64 and 2,048. The nearest is 64."),
        ({"height": "512"}, "height", "A side must be a whole number between 64 and 2,048."),
        ({"steps": 0}, "steps", "Steps must be between 1 and 500. The nearest is 1."),
        ({"steps": 501}, "steps", "Steps must be between 1 and 500. The nearest is 500."),
        ({"steps": True}, "steps", "Steps must be a whole number between 1 and 500."),
        ({"cfg_scale": 0.5}, "cfg_scale", "CFG scale must be between 1 and 99.99. The nearest is 1."),
        ({"cfg_scale": float("nan")}, "cfg_scale", "CFG scale must be a number between 1 and 99.99."),
        (
            {"cfg_rescale_multiplier": 1},
            "cfg_rescale_multiplier",
            "CFG rescale must be between 0 and 0.99. The nearest is 0.99.",
        ),
        ({"clip_skip": -1}, "clip_skip", "CLIP skip must be between 0 and 12. The nearest is 0."),
        (
            {"seeds": (-1,)},
            "seeds",
            "A seed must be between 0 and 4,294,967,295. The nearest is 0.",
        ),
        ({"seeds": (2**32,)}, "seeds", "A seed must be between 0 and 4,294,967,295. The nearest is 4294967295."),
        ({"seeds": ("7",)}, "seeds", "A seed must be a whole number between 0 and 4,294,967,295."),
        ({"prompts": ("a",)}, "prompt", "Each picture needs a prompt of its own, or all the same."),
        ({"seeds": ()}, "seeds", "Between 1 and 64 pictures can be asked for at once."),
        ({"seeds": (5, 5)}, "seeds", "Each picture needs a seed of its own: the same seed makes the same picture."),
        (
            {"scheduler": "best"},
            "scheduler",
            "InvokeAI has no scheduler of this name. Choose one of the list.",
        ),
        ({"vae": SD1}, "vae", "This is not a VAE. Choose another, or the one inside the model."),
        (
            {"model": SDXL, "width": 1024, "height": 1024, "vae": VAE},
            "vae",
            "This VAE belongs to another family of models. Choose another, or the one inside the model.",
        ),
        (
            {"model": SDXL, "refiner_model": SDXL},
            "refiner_model",
            "Grand is not an SDXL refiner. Choose another, or none.",
        ),
        (
            {"model": SDXL, "refiner_model": REFINER, "refiner_start": -0.1},
            "refiner_start",
            "The refiner’s start must be between 0 and 1. The nearest is 0.",
        ),
        ({"vae_precision": "fp8"}, "vae_precision", "VAE precision is fp32 or fp16."),
        ({"prompt": "a\0b"}, "prompt", "The prompt must be text."),
    ],
)
def test_each_rule_says_the_rule_and_the_nearest_value(changes: dict[str, Any], field: str, sentence: str) -> None:
    """One value out of range makes one sentence, beside its field."""
    assert rules.problems(make_recipe(**changes)) == {field: sentence}


def test_a_base_we_have_no_graph_for_is_refused() -> None:
    """A model of a family we know nothing of is shown in the catalogue and not sent."""
    other = SD1.__class__(key="k", hash="h", name="F", base="kolors")

    assert list(rules.problems(make_recipe(model=other))) == ["model"]


@pytest.mark.parametrize(("version", "known"), [(None, False), ((6, 12), False), ((6, 13), True), ((7, 0), True)])
def test_a_new_scheduler_is_known_only_to_new_servers(version: tuple[int, int] | None, known: bool) -> None:
    """An unknown name in a batch's graph is a 422 at best."""
    assert ("er_sde" in rules.schedulers(version)) is known
    assert ("scheduler" not in rules.problems(make_recipe(scheduler="er_sde"), version=version)) is known


def test_strength_goes_from_nothing_to_everything() -> None:
    """0 is a round trip through the VAE, 1 keeps nothing."""
    assert [bool(rules.strength_fault(value)) for value in (-0.1, 0, 0.6, 1, 1.1)] == [True, False, False, False, True]


SOURCE = SourcePicture("8e1c7e1e-0000-4000-8000-000000000000", 512, 768)
LORA = LoraChoice(ModelChoice("key-lora", "blake3:lora", "Ink", "sd-1", "lora"), 0.8)
REFINED = {"mode": "img2img", "source": SOURCE, "strength": 0.6}
INPAINTED = {**REFINED, "mode": "inpaint", "mask": "a.png"}
CONTINUED = {**REFINED, "mode": "outpaint", "margins": Margins(left=128)}
UPSCALER = ModelChoice("key-up", "blake3:up", "RealESRGAN_x4plus", "any", "spandrel_image_to_image")
ENLARGED = {**REFINED, "mode": "upscale", "model": UPSCALER, "upscale_model": UPSCALER, "seeds": (1,)}


@pytest.mark.parametrize("changes", [REFINED, INPAINTED, CONTINUED, ENLARGED, {"loras": (LORA,)}])
def test_every_way_of_beginning_passes(changes: dict[str, Any]) -> None:
    """What the form can ask for is allowed."""
    assert rules.problems(make_recipe(**changes)) == {}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"mode": "sculpt"}, "mode", "There is no such way to make a picture. Begin with words or with a picture."),
        ({**REFINED, "source": None}, "source", "Choose the picture to begin with."),
        (
            {**INPAINTED, "source": replace(SOURCE, width=9000)},
            "source",
            "The picture would be 9,000 × 768 pixels. The most for a side is 8,192.",
        ),
        ({**REFINED, "strength": 1.5}, "strength", "Strength must be between 0 and 1. The nearest is 1."),
        ({**INPAINTED, "mask": ""}, "mask", "Paint over what shall change."),
        ({**INPAINTED, "mask_blur": -1}, "mask_blur", "The soft edge must be between 0 and 256. The nearest is 0."),
        (
            {**INPAINTED, "coherence_mode": "Soft"},
            "coherence_mode",
            "The edge is one of Gaussian Blur, Box Blur, Staged.",
        ),
        ({**CONTINUED, "margins": Margins()}, "margins", "Say at which edge the picture shall go on."),
        (
            {**ENLARGED, "upscale_model": None},
            "upscale_model",
            "Choose an upscale model. InvokeAI’s starter models have “RealESRGAN_x4plus”.",
        ),
        (
            {**ENLARGED, "source": replace(SOURCE, height=4000), "upscale_factor": 4},
            "upscale_factor",
            "The picture would be wider or higher than 8,192 pixels. The largest factor is 2.",
        ),
        ({**ENLARGED, "seeds": (1, 2)}, "seeds", "Enlarging gives the same picture every time: ask for one."),
        ({"loras": (replace(LORA, model=SD1),)}, "loras", "Plain is not a LoRA. Choose another."),
        (
            {"loras": (replace(LORA, weight=99),)},
            "loras",
            "A LoRA’s weight must be between -10 and 10. The nearest is 10.",
        ),
        ({"loras": (LORA, LORA)}, "loras", "A LoRA is named twice. Add its weights up and name it once."),
        (
            {"loras": (LORA,), "model": SDXL, "width": 1024, "height": 1024},
            "loras",
            "Ink belongs to another family of models. Choose another LoRA.",
        ),
        (
            {"model": FILL},
            "mode",
            "Fill is made for “Part of a picture” or “Beyond a picture’s edges” only. Choose that, or another model.",
        ),
        (
            {"model": replace(SD1, variant="depth")},
            "mode",
            "The gallery cannot make pictures with Plain yet. Choose another model.",
        ),
        (
            {"model": FLUX, "companions": {"t5_encoder": T5}},
            "companions",
            "This FLUX model needs a CLIP encoder and a FLUX VAE besides. Install it in InvokeAI (its starter models "
            "have “clip-vit-large-patch14” and “FLUX.1-schnell_ae”), then read the catalogue anew.",
        ),
        (
            {"model": FLUX, "companions": {"t5_encoder": VAE}},
            "companions",
            "Clear cannot be used as the T5 encoder of this model. Choose another.",
        ),
    ],
)
def test_each_rule_of_the_newer_fields_says_what_to_do(changes: dict[str, Any], field: str, sentence: str) -> None:
    """One mistake makes one sentence, beside its field."""
    assert rules.problems(make_recipe(**changes)) == {field: sentence}


def test_a_file_that_brings_its_companions_along_needs_none() -> None:
    """The same family as one file alone does."""
    whole = ModelChoice("k", "h", "Klein", "flux2", format="diffusers", variant="klein_4b")

    assert rules.problems(make_recipe(model=whole)) == {}
    assert list(rules.problems(make_recipe(model=replace(whole, format="checkpoint")))) == ["companions"]


def test_a_family_is_offered_only_what_it_knows() -> None:
    """FLUX has three schedulers, and CLIP skip means nothing to it."""
    assert rules.schedulers(base="flux") == ("euler", "heun", "lcm")
    assert rules.schedulers(base="cogview4") == ()
    faults = rules.problems(make_recipe(model=replace(FLUX, format="sdnq_quantized"), scheduler="ddim", clip_skip=99))
    assert faults == {"scheduler": "FLUX does not know this scheduler. Choose one of euler, heun, lcm."}
