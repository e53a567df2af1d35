"""A recipe can be stored and read again without a change."""

import json
from typing import Any

import pytest

from generation.recipes.recipe import LARGEST_SEED, LoraChoice, Margins, ModelChoice, Recipe, SourcePicture, draw_seeds
from generation.tests.factories import REFINER, SDXL, VAE, make_recipe


def test_a_recipe_survives_the_database() -> None:
    """What is read back is what was written, through JSON."""
    recipe = make_recipe(vae=VAE, clip_skip=1, template="a {animal}", backend_version="6.14.2")

    assert Recipe.from_parameters(json.loads(json.dumps(recipe.to_parameters()))) == recipe


SOURCE = SourcePicture("8e1c7e1e-0000-4000-8000-000000000000", 640, 480)
LORA = LoraChoice(ModelChoice("key-lora", "blake3:lora", "Ink", "sd-1", "lora"), 0.8)
GROWN: dict[str, dict[str, Any]] = {
    "refined": {"mode": "img2img", "source": SOURCE, "strength": 0.4, "loras": (LORA,), "seamless_x": True},
    "inpainted": {"mode": "inpaint", "source": SOURCE, "mask": "a.png", "mask_blur": 4, "coherence_edge": 8},
    "continued": {"mode": "outpaint", "source": SOURCE, "margins": Margins(left=64, bottom=8)},
    "enlarged": {"mode": "upscale", "source": SOURCE, "upscale_model": VAE, "upscale_factor": 3.0},
    "finished": {"model": SDXL, "refiner_model": REFINER, "refiner_start": 0.7, "refiner_scheduler": "ddim"},
    "switched": {"model": SDXL, "gpu_noise": True, "color_compensation": True, "hidiffusion": True},
    "accompanied": {"guidance": 3.5, "companions": {"t5_encoder": VAE}},
}


@pytest.mark.parametrize("changes", GROWN.values(), ids=GROWN)
def test_a_recipe_that_grows_from_a_picture_survives_too(changes: dict[str, Any]) -> None:
    """The picture, the mask and every model come back."""
    recipe = make_recipe(**changes)

    assert Recipe.from_parameters(json.loads(json.dumps(recipe.to_parameters()))) == recipe


def test_the_mode_is_told_in_the_words_of_the_family() -> None:
    """InvokeAI's metadata has them so."""
    parameters = make_recipe(model=SDXL, **GROWN["refined"]).to_parameters()

    assert (parameters["mode"], parameters["generation_mode"]) == ("img2img", "sdxl_img2img")


def test_a_step_of_before_began_with_words() -> None:
    """Older rows know no mode."""
    parameters = make_recipe().to_parameters()
    del parameters["mode"]

    assert Recipe.from_parameters(parameters).mode == "txt2img"


def test_a_picture_of_words_had_no_colours_to_keep() -> None:
    """The request remembers the switch for the next one."""
    recipe = make_recipe(**GROWN["switched"])

    assert recipe.to_parameters()["color_compensation"] is True
    assert "color_compensation" not in recipe.parameters_of(11)


def test_a_step_of_before_had_no_refiner() -> None:
    """Without one nothing of it is written, as in older rows."""
    parameters = make_recipe(model=SDXL).to_parameters()

    assert not [name for name in parameters if name.startswith("refiner")]
    assert Recipe.from_parameters(parameters).refiner_model is None


def test_keys_of_a_later_version_are_ignored() -> None:
    """An older gallery can read what a newer one wrote."""
    parameters = make_recipe().to_parameters() | {"something_new": 1}

    assert Recipe.from_parameters(parameters) == make_recipe()


def test_one_picture_is_told_with_its_own_seed() -> None:
    """The seeds of its siblings are not its own."""
    parameters = make_recipe().parameters_of(12)

    assert parameters["seed"] == 12
    assert "seeds" not in parameters


def test_words_that_differ_survive_and_belong_to_their_pictures() -> None:
    """Each picture has its own prompt; where only one kind differs, the other holds for all."""
    recipe = make_recipe(seeds=(1, 2), prompts=("a cat", "a dog"), wildcard_seed=7, template_values={"size": "big"})

    assert Recipe.from_parameters(json.loads(json.dumps(recipe.to_parameters()))) == recipe
    assert recipe.words_of(2) == ("a dog", "blurry")
    assert make_recipe().words_of(12) == ("a fox in the snow", "blurry")


def test_a_picture_is_told_without_what_had_no_part_in_it() -> None:
    """FLUX knows no CFG scale, and enlarging knows no steps."""
    flux = make_recipe(model=ModelChoice("k", "h", "F", "flux"), guidance=3.5).parameters_of(12)
    larger = make_recipe(**GROWN["enlarged"]).parameters_of(12)

    assert {"cfg_scale", "clip_skip", "vae"}.isdisjoint(flux)
    assert (flux["guidance"], flux["scheduler"], flux["steps"]) == (3.5, "euler", 8)
    assert {"steps", "scheduler", "cfg_scale", "width"}.isdisjoint(larger)
    assert larger["upscale_factor"] == 3


def test_random_seeds_are_all_different_and_in_range() -> None:
    """Two of the same would be the same picture twice."""
    seeds = draw_seeds(64)

    assert len(set(seeds)) == 64
    assert all(0 <= seed <= LARGEST_SEED for seed in seeds)


def test_a_fixed_seed_counts_up_and_round_the_end() -> None:
    """The last seed is followed by 0, not by one that InvokeAI refuses."""
    assert draw_seeds(3, first=LARGEST_SEED - 1) == (LARGEST_SEED - 1, LARGEST_SEED, 0)
