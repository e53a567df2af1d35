"""The graph of ComfyUI's editor, turned into the form of the one that runs."""

from typing import Any

from photos.metadata.comfyui_graph import MOST_NODES, Graph, Link, Node

# The names of the values an editor's node holds only by their order.
WIDGETS: dict[str, tuple[str, ...]] = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "SamplerCustom": ("", "noise_seed", "", "cfg"),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps", "denoise"),
    "CFGGuider": ("cfg",),
    "FluxGuidance": ("guidance",),
    "CLIPTextEncode": ("text",),
    "CLIPTextEncodeFlux": ("clip_l", "t5xxl", "guidance"),
    "CLIPTextEncodeSDXL": ("width", "height", "", "", "", "", "text_g", "text_l"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "UnetLoaderGGUF": ("unet_name",),
    "VAELoader": ("vae_name",),
    "LoraLoader": ("lora_name", "strength_model"),
    "LoraLoaderModelOnly": ("lora_name", "strength_model"),
    "EmptyLatentImage": ("width", "height"),
    "EmptySD3LatentImage": ("width", "height"),
    "PrimitiveNode": ("value",),
}
TEXTUAL = ("text", "prompt", "string")


def from_editor(found: dict[str, Any]) -> Graph:
    """Return the graph; nodes that were switched off are left out."""
    nodes, links = found.get("nodes"), _links(found.get("links"))
    graph = Graph()
    for node in nodes[:MOST_NODES] if isinstance(nodes, list) else []:
        if isinstance(node, dict) and isinstance(kind := node.get("type"), str) and node.get("mode") not in (2, 4):
            key = str(node.get("id"))
            graph[key] = Node(key, kind, {**_values(kind, node.get("widgets_values")), **_inputs(node, links)})
    return graph


def _links(found: object) -> dict[Any, Link]:
    """Return where each link begins, by its number."""
    rows = found[: MOST_NODES * 4] if isinstance(found, list) else []
    links: dict[Any, Link] = {}
    for row in rows:
        if isinstance(row, list) and len(row) >= 3 and isinstance(row[0], int) and isinstance(row[2], int):
            links[row[0]] = Link(str(row[1]), row[2])
        elif isinstance(row, dict) and isinstance(row.get("id"), int):
            links[row["id"]] = Link(str(row.get("origin_id")), 0)
    return links


def _inputs(node: dict[str, Any], links: dict[Any, Link]) -> dict[str, Link]:
    inputs = node.get("inputs")
    found: dict[str, Link] = {}
    for entry in inputs if isinstance(inputs, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("link"), int) and entry["link"] in links:
            found[str(entry.get("name"))[:100]] = links[entry["link"]]
    return found


def _values(kind: str, values: object) -> dict[str, Any]:
    """Return the values by name; of kinds we do not know only texts, if the kind is about texts."""
    if isinstance(values, dict):
        return {str(key): value for key, value in values.items() if isinstance(value, str | int | float)}
    if not isinstance(values, list):
        return {}
    if kind in WIDGETS:
        return {name: value for name, value in zip(WIDGETS[kind], values, strict=False) if name}
    if any(word in kind.lower() for word in TEXTUAL):
        return dict([("text", value) for value in values if isinstance(value, str)][:1])
    return {}
