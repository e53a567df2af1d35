"""Recipes become exactly these graphs, which a real InvokeAI 6.14 ran."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generation import graphs
from generation.graphs import Graph, Uploads
from generation.recipes.recipe import Recipe
from generation.tests.factories import SDXL, make_recipe
from generation.tests.kinds import EVERY_KIND, UPLOADS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_recipe_always_gives_the_same_graph(name: str) -> None:
    """The graph is pure; a change of it is a decision, made by changing the file beside this one."""
    expected = json.loads((GOLDEN / f"{name}.json").read_text())

    assert graphs.build(EVERY_KIND[name], job="job-1", uploads=uploads_for(EVERY_KIND[name])) == expected


@pytest.mark.parametrize("recipe", EVERY_KIND.values(), ids=EVERY_KIND)
def test_only_the_output_is_kept_and_never_cached(recipe: Recipe) -> None:
    """Anything else would fill InvokeAI's gallery; a cached output would be an old picture."""
    nodes = graphs.build(recipe, job="job-1", uploads=uploads_for(recipe))["nodes"]

    assert [name for name, node in nodes.items() if not node["is_intermediate"]] == [graphs.OUTPUT]
    assert [name for name, node in nodes.items() if not node["use_cache"]] == [graphs.OUTPUT]


@pytest.mark.parametrize("recipe", EVERY_KIND.values(), ids=EVERY_KIND)
def test_every_edge_joins_nodes_that_exist_and_no_input_twice(recipe: Recipe) -> None:
    """InvokeAI refuses the whole batch otherwise."""
    graph = graphs.build(recipe, job="job-1", uploads=uploads_for(recipe))
    joined = [(edge["destination"]["node_id"], edge["destination"]["field"]) for edge in graph["edges"]]
    ends = [end for end in joined if end != ("loras", "item")]

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
    other = make_recipe(model=SDXL.__class__(key="k", hash="h", name="F", base="kolors"))

    with pytest.raises(KeyError):
        graphs.build(other, job="job-1")


def uploads_for(recipe: Recipe) -> Uploads:
    """Return names of what the recipe uses."""
    return replace(UPLOADS, mask=UPLOADS.mask if recipe.mask else "") if recipe.source else Uploads()


def _sources(graph: Graph) -> set[str]:
    return {edge["source"]["node_id"] for edge in graph["edges"]}
