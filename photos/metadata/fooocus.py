"""Fooocus: a JSON object, or A1111's text, as its scheme says."""

import re
from typing import Any

from photos.metadata import a1111
from photos.metadata.chunks import Chunks, parameter_texts
from photos.metadata.generation import Generation, lora, model, number, other, present, prompt, seed, text
from photos.metadata.text import parse_object

SCHEME, A1111_SCHEME = "fooocus_scheme", "a1111"
NUMBERS = {"steps": "steps", "guidance_scale": "cfg_scale", "clip_skip": "clip_skip", "overwrite_strength": "strength"}
TEXTS = {"sampler": "sampler", "scheduler": "scheduler", "version": "app_version"}
READ = {
    *NUMBERS, *TEXTS, "prompt", "negative_prompt", "resolution", "seed", "base_model", "base_model_hash", "vae",
    "loras", "full_prompt", "full_negative_prompt", "metadata_scheme",
}  # fmt: skip
WORDS = ('"base_model"', '"full_prompt"', '"Fooocus')
SIZE = re.compile(r"\(?\s*(\d{1,6})\s*,\s*(\d{1,6})\s*\)?")


def recognises(chunks: Chunks) -> bool:
    """Tell whether Fooocus may have written the texts: it says so, or its words are in something like JSON."""
    return _says_so(chunks) or bool(_likely(chunks))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the JSON says, else the text, or None."""
    if found := _object(chunks):
        return _from_object(found)
    texts = parameter_texts(chunks) if _says_so(chunks) else []
    written = next((text for text in texts if not text.startswith("{")), "")
    return a1111.from_text(written, "Fooocus") if written else None


def _says_so(chunks: Chunks) -> bool:
    is_named = chunks.get("exif:Software", "").startswith("Fooocus")
    return SCHEME in chunks or (is_named and chunks.get("exif:MakerNote", "") in ("fooocus", A1111_SCHEME))


def _likely(chunks: Chunks) -> list[str]:
    texts = parameter_texts(chunks)
    return [text for text in texts if text.startswith("{") and any(word in text for word in WORDS)]


def _object(chunks: Chunks) -> dict[str, Any]:
    """Return the object whose words are Fooocus's own; a stranger's JSON under the same key is left alone."""
    for written in _likely(chunks):
        found = parse_object(written)
        if "base_model" in found or "full_prompt" in found or text(found.get("version")).startswith("Fooocus"):
            return found
    return {}


def _from_object(found: dict[str, Any]) -> Generation:
    used = model(found.get("base_model"), found.get("base_model_hash"))
    return Generation(
        generator="Fooocus",
        prompt=prompt(found.get("prompt")),
        negative_prompt=prompt(found.get("negative_prompt")),
        params=_params(found, used),
        model_name=used.get("name", ""),
    )


def _params(found: dict[str, Any], used: dict[str, str]) -> dict[str, Any]:
    size = SIZE.fullmatch(text(found.get("resolution")).strip())
    return present(
        {
            **{ours: number(found.get(theirs)) for theirs, ours in NUMBERS.items()},
            **{ours: text(found.get(theirs)) for theirs, ours in TEXTS.items()},
            "seed": seed(found.get("seed")),
            "width": size and int(size[1]),
            "height": size and int(size[2]),
            "model": used,
            "vae": model(found.get("vae")),
            "loras": _loras(found.get("loras")),
            "other": other(found, READ),
        }
    )


def _loras(found: object) -> list[dict[str, Any]]:
    """Return the LoRAs, each a list of name, weight and hash."""
    entries = found[:50] if isinstance(found, list) else []
    return [lora(*entry[:3]) for entry in entries if isinstance(entry, list) and entry and isinstance(entry[0], str)]
