"""Recipes become exactly these graphs, which a real InvokeAI 6.14 ran."""

import json
from pathlib import Path

import pytest

from generation import graphs
from generation.graphs import Graph
from generation.recipes import Recipe
from generation.tests.factories import SDXL, VAE, make_recipe

GOLDEN = Path(__file__).parent / "golden"
RECIPES = {
    "sd1": make_recipe(),
    "sd1_clip_skip_and_vae": make_recipe(clip_skip=2, vae=VAE, vae_precision="fp16"),
    "sdxl": make_recipe(model=SDXL, width=832, height=1216, cfg_rescale_multiplier=0.3),
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_always_gives_the_same_graph(name: str) -> None:
    """The graph is pure; a change of it is a decision, made by changing the file beside this one."""
    expected = json.loads((GOLDEN / f"{name}.json").read_text())

    assert graphs.text_to_image(RECIPES[name], job="job-1") == expected


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_only_the_output_is_kept_and_never_cached(recipe: Recipe) -> None:
    """Anything else would fill InvokeAI's gallery; a cached output would be an old picture."""
    nodes = graphs.text_to_image(recipe, job="job-1")["nodes"]

    assert [name for name, node in nodes.items() if not node["is_intermediate"]] == [graphs.OUTPUT]
    assert [name for name, node in nodes.items() if not node["use_cache"]] == [graphs.OUTPUT]


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_edge_joins_nodes_that_exist_and_no_input_twice(recipe: Recipe) -> None:
    """InvokeAI refuses the whole batch otherwise."""
    graph = graphs.text_to_image(recipe, job="job-1")
    ends = [(end["node_id"], end["field"]) for edge in graph["edges"] for end in [edge["destination"]]]

    assert {node for node, _ in ends} | _sources(graph) <= set(graph["nodes"])
    assert len(set(ends)) == len(ends)


def test_the_batch_has_one_item_for_each_seed() -> None:
    """Repeating runs instead would repeat the same seed, and so the same picture."""
    assert graphs.seed_data(make_recipe(seeds=(7, 4294967295))) == [
        [{"node_path": "seed", "field_name": "value", "items": [7, 4294967295]}]
    ]


def test_prompts_that_differ_go_with_their_seeds() -> None:
    """Lists of one group are taken side by side, one of each for a picture."""
    assert graphs.seed_data(make_recipe(seeds=(7, 8), prompts=("a cat", "a dog"))) == [
        [
            {"node_path": "seed", "field_name": "value", "items": [7, 8]},
            {"node_path": "prompt", "field_name": "value", "items": ["a cat", "a dog"]},
        ]
    ]


def test_a_base_without_a_graph_is_an_error() -> None:
    """The rules catch it before; here nothing may be guessed."""
    flux = make_recipe(model=SDXL.__class__(key="k", hash="h", name="F", base="flux"))

    with pytest.raises(KeyError):
        graphs.text_to_image(flux, job="job-1")


def _sources(graph: Graph) -> set[str]:
    return {edge["source"]["node_id"] for edge in graph["edges"]}
