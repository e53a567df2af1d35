"""Easy Diffusion: a text per setting in the picture, or all of them in a file beside it."""

import re
from typing import Any

from photos.metadata.chunks import Chunks, parameter_texts
from photos.metadata.generation import MOST_LORAS, Generation, lora, model, number, other, present, prompt, seed, text
from photos.metadata.text import parse_list, parse_object

Settings = dict[str, Any]

NUMBERS = {
    "num_inference_steps": "steps", "guidance_scale": "cfg_scale", "width": "width", "height": "height",
    "prompt_strength": "strength",
}  # fmt: skip
TEXTS = {"sampler_name": "sampler", "scheduler_name": "scheduler"}
# What the sidecar calls them.
LABELS = {
    "prompt": "prompt", "negative prompt": "negative_prompt", "seed": "seed", "steps": "num_inference_steps",
    "guidance scale": "guidance_scale", "width": "width", "height": "height", "sampler": "sampler_name",
    "prompt strength": "prompt_strength", "stable diffusion model": "use_stable_diffusion_model",
    "vae model": "use_vae_model", "lora model": "use_lora_model", "lora strength": "lora_alpha",
}  # fmt: skip
TELLING = {"use_stable_diffusion_model", "num_inference_steps", "guidance_scale", "sampler_name"}
READ = {
    *NUMBERS, *TEXTS, "prompt", "negative_prompt", "seed", "use_stable_diffusion_model", "use_vae_model",
    "use_lora_model", "lora_alpha",
}  # fmt: skip
LINE = re.compile(r"^([A-Za-z ]{3,40}):[ \t]*(.*)$", re.MULTILINE)
SIDECAR_LIMIT = 100_000


def recognises(chunks: Chunks) -> bool:
    """Tell whether there may be settings: only their own words, which are looked for in ``parse``, make them so."""
    return any(key in chunks for key in ("prompt", "Prompt", "sidecar")) or bool(parameter_texts(chunks))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the settings say, or None when they are not Easy Diffusion's."""
    if not (said := _settings(chunks)):
        return None
    used = model(said.get("use_stable_diffusion_model"))
    return Generation(
        generator="Easy Diffusion",
        prompt=prompt(said.get("prompt")),
        negative_prompt=prompt(said.get("negative_prompt")),
        params=_params(said, used),
        model_name=used.get("name", ""),
    )


def _settings(chunks: Chunks) -> Settings:
    for said in _candidates(chunks):
        if "prompt" in said and TELLING & said.keys():
            return said
    return {}


def _candidates(chunks: Chunks) -> list[Settings]:
    own = {LABELS.get(key.lower(), key): value for key, value in chunks.items() if not key.startswith("exif:")}
    objects = [written for written in parameter_texts(chunks) if written.startswith("{")]
    packed = [parse_object(written) for written in objects if any(word in written for word in TELLING)]
    lines = LINE.findall(chunks.get("sidecar", "")[:SIDECAR_LIMIT])
    beside = {LABELS[key.lower()]: value for key, value in lines if key.lower() in LABELS}
    return [own, *packed, beside]


def _params(said: Settings, used: dict[str, str]) -> dict[str, Any]:
    return present(
        {
            **{ours: number(said.get(theirs)) for theirs, ours in NUMBERS.items()},
            **{ours: text(said.get(theirs)) for theirs, ours in TEXTS.items()},
            "seed": seed(said.get("seed")),
            "model": used,
            "vae": model(said.get("use_vae_model")),
            "loras": _loras(said),
            "other": other(said, READ | {"parameters", "xmp", "comment", "sidecar", "c2pa"}),
        }
    )


def _loras(said: Settings) -> list[dict[str, Any]]:
    names, weights = _listed(said.get("use_lora_model")), _listed(said.get("lora_alpha"))
    weights += [None] * (len(names) - len(weights))
    pairs = zip(names[:MOST_LORAS], weights, strict=False)
    return [lora(name, weight) for name, weight in pairs if model(name) and name != "None"]


def _listed(value: object) -> list[Any]:
    """Return one or several, also where a list is written as text."""
    if isinstance(value, str):
        return parse_list(value.replace("'", '"')) or [value]
    return value if isinstance(value, list) else [] if value is None else [value]
