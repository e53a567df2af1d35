"""NovelAI: the prompt as the description, everything else in a JSON comment."""

import re
from typing import Any

from photos.metadata.chunks import Chunks
from photos.metadata.generation import Generation, number, other, present, prompt, seed, text
from photos.metadata.text import parse_object

NUMBERS = {
    "steps": "steps", "scale": "cfg_scale", "cfg_rescale": "cfg_rescale_multiplier", "width": "width",
    "height": "height", "strength": "strength",
}  # fmt: skip
TEXTS = {"sampler": "sampler", "noise_schedule": "scheduler", "request_type": "generation_mode"}
READ = {*NUMBERS, *TEXTS, "prompt", "uc", "seed", "v4_prompt", "v4_negative_prompt", "signed_hash"}
MOST_PEOPLE = 20
SOURCE = re.compile(r"(.{1,200}?)\s+([0-9A-F]{6,64})", re.DOTALL)


def recognises(chunks: Chunks) -> bool:
    """Tell whether NovelAI wrote the texts."""
    return _texts(chunks).get("Software", "") == "NovelAI"


def parse(chunks: Chunks) -> Generation | None:
    """Return what the comment says, or None when there is neither comment nor description."""
    texts = _texts(chunks)
    found = parse_object(texts.get("Comment", ""))
    words = _caption(found, "v4_prompt") or prompt(found.get("prompt")) or prompt(texts.get("Description"))
    if not (found or words):
        return None
    used = _model(texts.get("Source", ""))
    return Generation(
        generator="NovelAI",
        prompt=words,
        negative_prompt=_caption(found, "v4_negative_prompt") or prompt(found.get("uc")),
        params=_params(found, used),
        model_name=used.get("name", ""),
    )


def _texts(chunks: Chunks) -> Chunks:
    """Return the texts, which a WebP holds as one object in its Exif comment."""
    packed = chunks.get("exif:UserComment", "")
    if '"NovelAI' not in packed:
        return chunks
    return {key: value for key, value in parse_object(packed).items() if isinstance(value, str)} or chunks


def _caption(found: dict[str, Any], key: str) -> str:
    """Return a caption of the fourth version: the scene, then each character on a line."""
    part = found.get(key)
    caption = part.get("caption") if isinstance(part, dict) else None
    if not isinstance(caption, dict):
        return ""
    people = caption.get("char_captions")
    entries = people[:MOST_PEOPLE] if isinstance(people, list) else []
    lines = [entry.get("char_caption") for entry in entries if isinstance(entry, dict)]
    return prompt("\n".join(line for line in [caption.get("base_caption"), *lines] if isinstance(line, str) and line))


def _model(source: str) -> dict[str, str]:
    """Return name and hash of “NovelAI Diffusion V4 37442FCA”."""
    named = SOURCE.fullmatch(source.strip()[:300])
    return {"name": text(named[1]), "hash": named[2]} if named else present({"name": text(source).strip()})


def _params(found: dict[str, Any], used: dict[str, str]) -> dict[str, Any]:
    return present(
        {
            **{ours: number(found.get(theirs)) for theirs, ours in NUMBERS.items()},
            **{ours: text(found.get(theirs)) for theirs, ours in TEXTS.items()},
            "seed": seed(found.get("seed")),
            "model": used,
            "other": other(found, READ),
        }
    )
