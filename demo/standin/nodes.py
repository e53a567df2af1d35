"""What the nodes of a graph do. A node comes with its inputs put in and returns its outputs."""

from collections.abc import Awaitable, Callable
from typing import Any

from demo.standin import node_types, retouching
from demo.standin.denoising import conditioning, decode, denoise, encode, noise
from demo.standin.errors import Json
from demo.standin.loaders import check_models, load_parts, select_lora
from demo.standin.workbench import NodeFailed, Workbench

MISSING = {
    "connection": ("RequiredConnectionException", "connections"),
    "value": ("MissingInputException", "value or connection"),
}

Action = Callable[[Workbench, Json], Awaitable[Json]]


async def run_node(bench: Workbench, node: Json) -> Json:
    """Do the work of one node and return its output object."""
    check_inputs(node)
    check_models(bench, node)
    outputs = await action_for(node["type"])(bench, node)
    return {"output_meta": None, **outputs, "type": node_types.catalogue()[node["type"]]["output"]}


def check_inputs(node: Json) -> None:
    """Fail when an input that must be there is not."""
    for name, rule in node_types.fields_of(node["type"]).items():
        if "needed" in rule and node.get(name) is None:
            error, what = MISSING[rule["needed"]]
            raise NodeFailed(error, f"Node {node['type']} missing {what} for field {name}")


def action_for(kind: str) -> Action:
    """Find what a node type does by its name or by what it makes of what."""
    if kind in BY_NAME:
        return BY_NAME[kind]
    fields, outputs = node_types.fields_of(kind), node_types.outputs_of(kind)
    if "image" in outputs:
        return decode if "latents" in fields else copy_image
    if "latents" in outputs:
        return encode if "image" in fields else denoise
    if "conditioning" in outputs:
        return conditioning
    return load_parts if "model" in fields or "vae_model" in fields else hand_on


async def hand_on(_bench: Workbench, node: Json) -> Json:
    """Give every input out again under the same name."""
    return {name: node.get(name) for name in node_types.outputs_of(node["type"])}


async def caption(_bench: Workbench, node: Json) -> Json:
    """Give out the words as they are."""
    return {"value": node["prompt"]}


async def metadata(bench: Workbench, node: Json) -> Json:
    """Give out what the node was told, without nulls, plus the version."""
    left_out = ("id", "type", "is_intermediate", "use_cache")
    kept = {key: _plain(value) for key, value in node.items() if value is not None and key not in left_out}
    return {"metadata": {**kept, "app_version": bench.backend.version}}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


async def copy_image(bench: Workbench, node: Json) -> Json:
    """Save the input picture again."""
    return await bench.save_image(node, bench.open_image(node.get("image")).convert("RGB"))


async def name_image(bench: Workbench, node: Json) -> Json:
    """Give out an image that is there already."""
    picture = bench.open_image(node["image"])
    return {"image": node["image"], "width": picture.width, "height": picture.height}


BY_NAME: dict[str, Action] = {
    "core_metadata": metadata,
    "image": name_image,
    "ideogram4_caption_builder": caption,
    "noise": noise,
    "lora_selector": select_lora,
    **retouching.BY_NAME,
}
