"""A recipe can be stored and read again without a change."""

import json

from generation.recipes import LARGEST_SEED, Recipe, draw_seeds
from generation.tests.factories import VAE, make_recipe


def test_a_recipe_survives_the_database() -> None:
    """What is read back is what was written, through JSON."""
    recipe = make_recipe(vae=VAE, clip_skip=1, template="a {animal}", backend_version="6.14.2")

    assert Recipe.from_parameters(json.loads(json.dumps(recipe.to_parameters()))) == recipe


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


def test_random_seeds_are_all_different_and_in_range() -> None:
    """Two of the same would be the same picture twice."""
    seeds = draw_seeds(64)

    assert len(set(seeds)) == 64
    assert all(0 <= seed <= LARGEST_SEED for seed in seeds)


def test_a_fixed_seed_counts_up_and_round_the_end() -> None:
    """The last seed is followed by 0, not by one that InvokeAI refuses."""
    assert draw_seeds(3, first=LARGEST_SEED - 1) == (LARGEST_SEED - 1, LARGEST_SEED, 0)
