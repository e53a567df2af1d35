"""SwarmUI (once StableSwarmUI): one JSON object with ``sui_image_params``."""

from typing import Any

from photos.metadata.chunks import Chunks, parameter_texts
from photos.metadata.generation import MOST_LORAS, Generation, lora, model, number, other, present, prompt, seed, text
from photos.metadata.text import parse_object

MARK = "sui_image_params"
NUMBERS = {
    "steps": "steps", "cfgscale": "cfg_scale", "fluxguidancescale": "guidance", "width": "width", "height": "height",
    "initimagecreativity": "strength", "clipstopatlayer": "clip_skip",
}  # fmt: skip
TEXTS = {"sampler": "sampler", "scheduler": "scheduler", "swarm_version": "app_version"}
READ = {*NUMBERS, *TEXTS, "prompt", "negativeprompt", "seed", "model", "vae", "loras", "loraweights"}


def recognises(chunks: Chunks) -> bool:
    """Tell whether SwarmUI's object may be among the texts."""
    return any(MARK in written for written in parameter_texts(chunks))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the object says, or None when there is none."""
    if not (found := _object(chunks)):
        return None
    asked = found[MARK]
    hashes = _hashes(found.get("sui_models"))
    used = model(asked.get("model"), hashes.get(model(asked.get("model")).get("name", "")))
    return Generation(
        generator="SwarmUI",
        prompt=prompt(asked.get("prompt")),
        negative_prompt=prompt(asked.get("negativeprompt")),
        params=_params(asked, used, hashes),
        model_name=used.get("name", ""),
    )


def _object(chunks: Chunks) -> dict[str, Any]:
    for written in parameter_texts(chunks):
        found = parse_object(written) if MARK in written else {}
        if isinstance(found.get(MARK), dict):
            return found
    return {}


def _params(asked: dict[str, Any], used: dict[str, str], hashes: dict[str, str]) -> dict[str, Any]:
    return present(
        {
            **{ours: number(asked.get(theirs)) for theirs, ours in NUMBERS.items()},
            **{ours: text(asked.get(theirs)) for theirs, ours in TEXTS.items()},
            "seed": seed(asked.get("seed")),
            "model": used,
            "vae": model(asked.get("vae")),
            "loras": _loras(asked, hashes),
            "other": other(asked, READ),
        }
    )


def _loras(asked: dict[str, Any], hashes: dict[str, str]) -> list[dict[str, Any]]:
    """Return the LoRAs; their weights stand in a list of their own, which may be shorter."""
    names, weights = _listed(asked.get("loras")), _listed(asked.get("loraweights"))
    weights += [None] * (len(names) - len(weights))
    pairs = zip(names[:MOST_LORAS], weights, strict=False)
    return [lora(name, weight, hashes.get(model(name).get("name", ""))) for name, weight in pairs if model(name)]


def _listed(value: object) -> list[Any]:
    if isinstance(value, str):
        return value.split(",")
    return list(value) if isinstance(value, list) else []


def _hashes(models: object) -> dict[str, str]:
    """Return the hash of each model by its name."""
    entries = models if isinstance(models, list) else []
    described = [model(entry.get("name"), entry.get("hash")) for entry in entries[:100] if isinstance(entry, dict)]
    return {entry["name"]: entry["hash"] for entry in described if "name" in entry and "hash" in entry}
