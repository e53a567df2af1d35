"""ComfyUI: the graph that ran, or the one its editor showed; there is no list of fields to read."""

from typing import Any

from photos.metadata import comfyui_text
from photos.metadata.chunks import Chunks, parameter_texts
from photos.metadata.comfyui_graph import Graph, Node, from_api
from photos.metadata.comfyui_workflow import from_editor
from photos.metadata.generation import MOST_LORAS, Generation, lora, model, number, present, prompt, seed, text
from photos.metadata.text import parse_object

RUN, EDITOR = "prompt", "workflow"
# What a sampler is told, by itself or by a node linked to it.
BESIDE = ("guider", "noise", "sampler", "sigmas", "positive", "conditioning")
SEEDS, SAMPLERS = ("seed", "noise_seed"), ("sampler_name", "sampler")
CHECKPOINTS = ("ckpt_name", "unet_name", "base_ckpt_name", "model_name", "model_path")
MODEL_LINKS = ("model", "guider", "sigmas", "pipe", "basic_pipe", "base_ctx", "context")
VAES = ("vae_name",)
MOST_STEPS_UP, MOST_TOLD = 500, 30


def recognises(chunks: Chunks) -> bool:
    """Tell whether there is something like a graph, which is too big to be read twice."""
    return bool(_run(chunks)) or chunks.get(EDITOR, "").lstrip().startswith("{")


def parse(chunks: Chunks) -> Generation | None:
    """Return what the graph says; without a sampler we know, all its long texts become the prompt."""
    graph = from_api(_nodes(parse_object(_run(chunks)))) or from_editor(parse_object(chunks.get(EDITOR, "")))
    if not graph:
        return None
    sampler = _first_sampler(graph)
    if sampler is None:
        return Generation("ComfyUI", prompt=prompt("\n".join(comfyui_text.every_long_text(graph))))
    words = comfyui_text.prompts(graph, sampler)
    path = _model_path(graph, sampler)
    used = model(next((node.text(*CHECKPOINTS) for node in path if node.text(*CHECKPOINTS)), ""))
    return Generation(
        generator="ComfyUI",
        prompt=prompt(words.positive or "\n".join(comfyui_text.every_long_text(graph))),
        negative_prompt=prompt(words.negative),
        params=_params(graph, sampler, path, used),
        model_name=used.get("name", ""),
    )


def _run(chunks: Chunks) -> str:
    """Return the text of the graph that ran; some savers put it where others put parameters."""
    texts = [chunks.get(RUN, ""), *parameter_texts(chunks)]
    return next((text for text in texts if '"class_type"' in text), "")


def _nodes(found: dict[str, Any]) -> dict[str, Any]:
    inner = found.get(RUN)
    return inner if isinstance(inner, dict) else found


def _first_sampler(graph: Graph) -> Node | None:
    """Return the sampler that began: one that refines takes its picture from another sampler."""
    samplers = [node for node in graph.values() if node.is_sampler][:20]
    for sampler in samplers:
        above = graph.above(sampler, ("latent_image", "samples", "latent", "pixels", "image"), MOST_STEPS_UP)
        if not any(node.is_sampler for node in above[1:]):
            return sampler
    return samplers[0] if samplers else None


def _model_path(graph: Graph, sampler: Node) -> list[Node]:
    """Return the nodes from the sampler up to what loads the model; LoRAs are on the way."""
    return graph.above(sampler, MODEL_LINKS, MOST_STEPS_UP)


def _params(graph: Graph, sampler: Node, path: list[Node], used: dict[str, str]) -> dict[str, Any]:
    told = graph.above(sampler, BESIDE, MOST_TOLD)
    latent = graph.above(sampler, ("latent_image", "samples", "latent", "pixels"), MOST_STEPS_UP)
    return present(
        {
            "seed": seed(_value(graph, told, SEEDS)),
            "steps": number(_value(graph, told, ("steps",))),
            "cfg_scale": number(_value(graph, told, ("cfg",))),
            "guidance": number(_value(graph, told, ("guidance",))),
            "sampler": text(_value(graph, told, SAMPLERS)),
            "scheduler": text(_value(graph, told, ("scheduler",))),
            "strength": number(_value(graph, told, ("denoise",))),
            "width": number(_value(graph, latent, ("width", "empty_latent_width"))),
            "height": number(_value(graph, latent, ("height", "empty_latent_height"))),
            "model": used,
            "vae": model(next((node.text(*VAES) for node in graph.values() if node.text(*VAES)), "")),
            "loras": _loras(path),
        }
    )


def _value(graph: Graph, nodes: list[Node], keys: tuple[str, ...]) -> Any:
    """Return the first value under one of the keys; a link is followed to the node that holds it."""
    values = (graph.value(node, key) for node in nodes for key in keys)
    return next((value for value in values if value is not None), None)


def _loras(path: list[Node]) -> list[dict[str, Any]]:
    found = [entry for node in path for entry in node.loras()]
    return [lora(name, weight) for name, weight in found if name and name != "None"][:MOST_LORAS]
