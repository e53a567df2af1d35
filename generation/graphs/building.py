"""A small builder for InvokeAI's graphs, and what every graph has."""

from dataclasses import dataclass
from typing import Any

from generation.recipes.bases import offers_of
from generation.recipes.recipe import Recipe

Graph = dict[str, Any]

OUTPUT = "out"
SEED = "seed"
PROMPT = "prompt"
NEGATIVE = "nprompt"
JOB_KEY = "gallery_job"


@dataclass(frozen=True, slots=True)
class Uploads:
    """InvokeAI's names of what a request grows from; empty for what it does not use.

    Attributes:
        source: the picture, upright and without transparency, of the recipe's ``source`` size.
        mask: as large as the source; black is painted anew, white is kept, which is InvokeAI's way round.
    """

    source: str = ""
    mask: str = ""


class GraphBuilder:
    """Collects nodes and edges.

    Every node is intermediate, or InvokeAI would show half-made pictures in its gallery. The output node is not, and is
    never cached: a cached one answers with an old picture and makes no new one.
    """

    def __init__(self) -> None:
        """Begin without nodes."""
        self._nodes: dict[str, dict[str, Any]] = {}
        self._edges: list[dict[str, dict[str, str]]] = []

    def add(self, name: str, kind: str, **fields: Any) -> None:
        """Add one node of InvokeAI's type ``kind``."""
        is_output = name == OUTPUT
        common = {"id": name, "type": kind, "is_intermediate": not is_output, "use_cache": not is_output}
        self._nodes[name] = {**common, **fields}

    def join(self, source: str, *destinations: str) -> None:
        """Lead one output, written "node.field", to one or more inputs."""
        for destination in destinations:
            self._edges.append({"source": _end(source), "destination": _end(destination)})

    def graph(self) -> Graph:
        """Return what was built."""
        return {"id": "gallery", "nodes": self._nodes, "edges": self._edges}


def _end(text: str) -> dict[str, str]:
    node, _, field = text.partition(".")
    return {"node_id": node, "field": field}


def add_words(builder: GraphBuilder, recipe: Recipe, *, blank: str = "") -> None:
    """Add the prompts and the seed, which reach the metadata by edges and so cannot differ from it.

    Args:
        builder: gets them.
        recipe: has them.
        blank: what stands for no negative words.
    """
    builder.add(PROMPT, "string", value=recipe.prompt)
    builder.add(NEGATIVE, "string", value=recipe.negative_prompt or blank)
    add_seed(builder, recipe)


def add_seed(builder: GraphBuilder, recipe: Recipe) -> None:
    """Add the seed; the batch puts each picture's own in its place."""
    builder.add(SEED, "integer", value=recipe.seeds[0])


def add_loras(builder: GraphBuilder, recipe: Recipe, loader: str) -> None:
    """Add the LoRAs and the node ``lora`` of type ``loader``, whose inputs the caller joins."""
    builder.add("loras", "collect")
    for number, lora in enumerate(recipe.loras, start=1):
        builder.add(f"lora_{number}", "lora_selector", lora=lora.model.as_json(), weight=lora.weight)
        builder.join(f"lora_{number}.lora", "loras.item")
    builder.add("lora", loader)
    builder.join("loras.collection", "lora.loras")


def add_metadata(builder: GraphBuilder, recipe: Recipe, uploads: Uploads, job: str, **more: Any) -> None:
    """Add what is embedded in the picture; InvokeAI keeps keys of our own."""
    if recipe.loras:
        more["loras"] = [{"model": lora.model.as_json(), "weight": lora.weight} for lora in recipe.loras]
    if uploads.source:
        more |= {"strength": recipe.strength, "init_image": uploads.source}
    builder.add(
        "meta",
        "core_metadata",
        generation_mode=recipe.generation_mode,
        width=recipe.width,
        height=recipe.height,
        model=recipe.model.as_json(),
        steps=recipe.steps,
        rand_device="cuda" if recipe.gpu_noise else "cpu",
        **more,
        **{JOB_KEY: job},
    )
    builder.join(f"{PROMPT}.value", "meta.positive_prompt")
    if "negative_prompt" in _parameters(recipe):
        builder.join(f"{NEGATIVE}.value", "meta.negative_prompt")
    builder.join(f"{SEED}.value", "meta.seed")
    builder.join("meta.metadata", f"{OUTPUT}.metadata")


def _parameters(recipe: Recipe) -> frozenset[str]:
    offers = offers_of(recipe.model.base, recipe.model.variant)
    return offers.parameters if offers else frozenset()
