"""What InvokeAI would refuse, or choke on, never leaves the gallery."""

from typing import Any

import pytest

from generation import rules
from generation.tests.factories import SD1, SDXL, VAE, make_recipe


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
        ({"vae_precision": "fp8"}, "vae_precision", "VAE precision is fp32 or fp16."),
        ({"prompt": "a\0b"}, "prompt", "The prompt must be text."),
    ],
)
def test_each_rule_says_the_rule_and_the_nearest_value(changes: dict[str, Any], field: str, sentence: str) -> None:
    """One value out of range makes one sentence, beside its field."""
    assert rules.problems(make_recipe(**changes)) == {field: sentence}


def test_a_base_we_have_no_graph_for_is_refused() -> None:
    """A FLUX model is shown in the catalogue and not sent."""
    flux = SD1.__class__(key="k", hash="h", name="F", base="flux")

    assert list(rules.problems(make_recipe(model=flux))) == ["model"]


@pytest.mark.parametrize(("version", "known"), [(None, False), ((6, 12), False), ((6, 13), True), ((7, 0), True)])
def test_a_new_scheduler_is_known_only_to_new_servers(version: tuple[int, int] | None, known: bool) -> None:
    """An unknown name in a batch's graph is a 422 at best."""
    assert ("er_sde" in rules.schedulers(version)) is known
    assert ("scheduler" not in rules.problems(make_recipe(scheduler="er_sde"), version=version)) is known


def test_strength_goes_from_nothing_to_everything() -> None:
    """0 is a round trip through the VAE, 1 keeps nothing."""
    assert [bool(rules.strength_fault(value)) for value in (-0.1, 0, 0.6, 1, 1.1)] == [True, False, False, False, True]
