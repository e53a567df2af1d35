"""AUTOMATIC1111's web UI and what speaks like it: Forge, reForge, SD.Next, Civitai's generator and many savers."""

import re
from typing import Any

from photos.metadata.chunks import Chunks, parameter_texts
from photos.metadata.generation import MOST_LORAS, Generation, lora, model, number, other, present, prompt, seed, text
from photos.metadata.infotext import Infotext, loras_in, read_infotext, read_pairs
from photos.metadata.text import parse_list, parse_object

NUMBERS = {
    "Steps": "steps", "CFG scale": "cfg_scale", "Distilled CFG Scale": "guidance", "Clip skip": "clip_skip",
    "Denoising strength": "strength", "Hires upscale": "hires_upscale", "Hires steps": "hires_steps",
}  # fmt: skip
TEXTS = {"Sampler": "sampler", "Schedule type": "scheduler", "Version": "app_version"}
READ = {*NUMBERS, *TEXTS, "Seed", "Size", "Model", "Model hash", "VAE", "VAE hash", "Lora hashes", "Hashes"}
TELLING = {"Steps", "Sampler", "Seed"}
SIZE = re.compile(r"(\d{1,6})\s*x\s*(\d{1,6})")


def recognises(chunks: Chunks) -> bool:
    """Tell whether there is a text of that format; beside a PNG's own key only one with parameters counts."""
    return bool(_text(chunks))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the text says."""
    written = _text(chunks)
    return from_text(written) if written else None


def from_text(written: str, generator: str = "") -> Generation:
    """Return what a text of the format says.

    Args:
        written: the whole text.
        generator: who wrote it; else the text's own hints decide.
    """
    found = read_infotext(written)
    used = model(found.pairs.get("Model"), found.pairs.get("Model hash") or _hashes(found).get("model", ""))
    if resources := parse_list(found.pairs.get("Civitai resources", "")):
        used = used or _checkpoint(resources)
    return Generation(
        generator=generator or _generator(found.pairs),
        prompt=prompt(found.prompt),
        negative_prompt=prompt(found.negative_prompt),
        params=_params(found, used),
        model_name=used.get("name", ""),
    )


def _text(chunks: Chunks) -> str:
    own = chunks.get("parameters", "").strip("\ufeff\0 \r\n\t")
    if own and not own.startswith("{"):
        return own
    return next((text for text in parameter_texts(chunks) if text[0] != "{" and _has_parameters(text)), "")


def _has_parameters(written: str) -> bool:
    return len(read_infotext(written).pairs.keys() & TELLING) >= 2


def _params(found: Infotext, used: dict[str, str]) -> dict[str, Any]:
    pairs = found.pairs
    size = SIZE.fullmatch(pairs.get("Size", "").strip())
    return present(
        {
            **{ours: number(pairs.get(theirs)) for theirs, ours in NUMBERS.items()},
            **{ours: text(pairs.get(theirs)) for theirs, ours in TEXTS.items()},
            "seed": seed(pairs.get("Seed")),
            "width": size and int(size[1]),
            "height": size and int(size[2]),
            "model": used,
            "vae": model(pairs.get("VAE"), pairs.get("VAE hash")),
            "loras": _loras(found),
            "other": other(pairs, READ),
        }
    )


def _loras(found: Infotext) -> list[dict[str, Any]]:
    hashes = {**_hashes(found), **read_pairs(found.pairs.get("Lora hashes", ""))}
    named = dict(loras_in(found.prompt))
    loras = [lora(name, weight, hashes.get(name) or hashes.get(f"lora:{name}")) for name, weight in named.items()]
    resources = parse_list(found.pairs.get("Civitai resources", ""))
    loras += [_resource(entry) for entry in resources if _kind(entry) == "lora" and not named]
    return loras[:MOST_LORAS]


def _hashes(found: Infotext) -> dict[str, str]:
    return {key: text(value) for key, value in parse_object(found.pairs.get("Hashes", "")).items()}


def _checkpoint(resources: list[Any]) -> dict[str, str]:
    entry: dict[str, Any] = next((entry for entry in resources if _kind(entry) == "checkpoint"), {})
    return model(entry.get("modelName"), entry.get("hash"))


def _resource(entry: dict[str, Any]) -> dict[str, Any]:
    return lora(
        entry.get("modelName") or str(entry.get("modelVersionId") or ""), entry.get("weight"), entry.get("hash")
    )


def _kind(entry: object) -> str:
    return text(entry.get("type")).lower() if isinstance(entry, dict) else ""


def _generator(pairs: dict[str, str]) -> str:
    """Return the program by what it calls its version."""
    version, app = pairs.get("Version", ""), pairs.get("App", "")
    if app:
        return text(app, 60)
    if "ComfyUI" in version:
        return "ComfyUI"
    if re.match(r"f\d|neo|forge", version, re.IGNORECASE):
        return "Forge"
    if "Civitai resources" in pairs and not version:
        return "Civitai"
    return "AUTOMATIC1111"
