"""Nodes that bring models in."""

from demo.standin import node_types
from demo.standin.errors import Json
from demo.standin.workbench import NodeFailed, Workbench

PARTS = {
    "UNetField": {"unet": "unet", "scheduler": "scheduler"},
    "CLIPField": {"tokenizer": "tokenizer", "text_encoder": "text_encoder"},
    "VAEField": {"vae": "vae"},
    "TransformerField": {"transformer": "transformer"},
}
EXTRAS: dict[str, Json] = {
    "UNetField": {"loras": [], "seamless_axes": [], "freeu_config": None},
    "CLIPField": {"skipped_layers": 0, "loras": []},
    "VAEField": {"seamless_axes": []},
    "TransformerField": {"loras": []},
}


def check_models(bench: Workbench, node: Json) -> None:
    """Fail when the node names a model that is not installed or not of its kind."""
    for name, rule in node_types.fields_of(node["type"]).items():
        model = node.get(name)
        if rule["kind"] != "ModelIdentifierField" or model is None:
            continue
        record = bench.backend.models.find(model["key"])
        if record is None:
            raise _unknown(node["type"], model["key"])
        if name == "model" and record["type"] != "main" and node["type"].endswith("model_loader"):
            raise NodeFailed("Exception", f"There are no submodels in models of type {record['type']}")
        if node["type"] == "main_model_loader" and record["base"] == "sdxl":
            raise NodeFailed("TypeError", "argument of type 'NoneType' is not iterable")


def _unknown(kind: str, key: str) -> NodeFailed:
    if kind.startswith("flux"):
        return NodeFailed("ValueError", f"Unknown model: {key}")
    return NodeFailed("Exception", f"Unknown model {key}")


async def load_parts(_bench: Workbench, node: Json) -> Json:
    """Give out the parts of a model."""
    return {name: _part(node, name, kind) for name, kind in node_types.outputs_of(node["type"]).items()}


def _part(node: Json, name: str, kind: str) -> object:
    own = node.get(f"{name}_model")
    model: Json = own or node.get("model") or {}
    if kind == "integer":
        return 512
    if kind not in PARTS:
        return {"model": model}
    parts = {part: model if own else {**model, "submodel_type": sub} for part, sub in PARTS[kind].items()}
    return {**parts, **EXTRAS[kind]}


async def select_lora(_bench: Workbench, node: Json) -> Json:
    """Give out a LoRA with its weight."""
    return {"lora": {"lora": node["lora"], "weight": node["weight"]}}
