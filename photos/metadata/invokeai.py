"""InvokeAI from 3.0 on: one JSON object, in which every key is optional."""

from typing import Any

from photos.metadata.chunks import Chunks
from photos.metadata.generation import Generation, number, present, prompt, text
from photos.metadata.text import parse_object

KEY = "invokeai_metadata"
NUMBERS = (
    "seed", "steps", "cfg_scale", "cfg_rescale_multiplier", "guidance", "clip_skip", "strength", "width", "height",
    "upscale_scale", "creativity", "structure", "refiner_start", "refiner_steps", "refiner_cfg_scale",
    "refiner_positive_aesthetic_score", "refiner_negative_aesthetic_score",
)  # fmt: skip
TEXTS = (
    "scheduler",
    "generation_mode",
    "rand_device",
    "init_image",
    "app_version",
    "refiner_scheduler",
    "color_compensation",
)
MOST_LORAS = 50


def recognises(chunks: Chunks) -> bool:
    """Tell whether InvokeAI 3 or later wrote the texts."""
    return KEY in chunks


def parse(chunks: Chunks) -> Generation | None:
    """Return what the metadata says, or None when it is no object."""
    found = parse_object(chunks[KEY])
    return from_object(found) if found else None


def from_object(found: dict[str, Any]) -> Generation:
    """Return what a metadata object says, from a file or from the server."""
    model = _model(found.get("model"))
    return Generation(
        generator="InvokeAI",
        prompt=prompt(found.get("positive_prompt")),
        negative_prompt=prompt(found.get("negative_prompt")),
        params=_params(found, model),
        model_key=model.get("key", ""),
        model_name=model.get("name", ""),
    )


def _params(found: dict[str, Any], model: dict[str, str]) -> dict[str, Any]:
    numbers = {key: number(found.get(key)) for key in NUMBERS}
    texts = {key: text(found.get(key)) for key in TEXTS}
    styles = {key: prompt(found.get(key)) for key in ("positive_style_prompt", "negative_style_prompt")}
    models = {key: _model(found.get(key)) for key in ("vae", "refiner_model")}
    flags = {"hidiffusion": found.get("hidiffusion") is True or None}
    more = {"model": model, **flags, **models, "loras": _loras(found.get("loras"))}
    return present({**numbers, **texts, **styles, **more})


def _model(found: object) -> dict[str, str]:
    """Return key, name, base, type and hash of a model, written in the shape of 4.0 or in that of 3.x."""
    if not isinstance(found, dict):
        return present({"name": text(found)})
    old_names = {"name": "model_name", "base": "base_model", "type": "model_type"}
    words = {key: text(found.get(key)) or text(found.get(old_names.get(key, ""))) for key in _MODEL_KEYS}
    return present(words)


_MODEL_KEYS = ("key", "name", "base", "type", "hash")


def _loras(found: object) -> list[dict[str, Any]]:
    if not isinstance(found, list):
        return []
    return [_lora(entry) for entry in found[:MOST_LORAS] if isinstance(entry, dict)]


def _lora(entry: dict[str, Any]) -> dict[str, Any]:
    model = _model(entry.get("model") or entry.get("lora"))
    return present({**model, "weight": number(entry.get("weight"))})
