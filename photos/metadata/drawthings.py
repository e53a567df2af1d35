"""Draw Things: a JSON object as the user comment of the XMP packet."""

from typing import Any

from photos.metadata import a1111
from photos.metadata.chunks import Chunks
from photos.metadata.generation import MOST_LORAS, Generation, lora, model, number, other, present, prompt, seed, text
from photos.metadata.text import parse_object
from photos.metadata.xmp import read_xmp

NAME = "Draw Things"
NUMBERS = {"steps": "steps", "scale": "cfg_scale", "strength": "strength", "guidance_embed": "guidance"}
READ = {*NUMBERS, "c", "uc", "model", "sampler", "seed", "size", "lora", "v2"}


def recognises(chunks: Chunks) -> bool:
    """Tell whether Draw Things wrote the packet."""
    return NAME in chunks.get("xmp", "") and NAME in " ".join(read_xmp(chunks["xmp"]).get("xmp:CreatorTool", []))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the JSON says, else the description, or None."""
    found = read_xmp(chunks["xmp"])
    for comment in found.get("exif:UserComment", []):
        if said := parse_object(comment):
            return _from_object(said)
    words = next(iter(found.get("dc:description", [])), "")
    return a1111.from_text(words, NAME) if words else None


def _from_object(said: dict[str, Any]) -> Generation:
    used = model(said.get("model"))
    return Generation(
        generator=NAME,
        prompt=prompt(said.get("c")),
        negative_prompt=prompt(said.get("uc")),
        params=_params(said, used),
        model_name=used.get("name", ""),
    )


def _params(said: dict[str, Any], used: dict[str, str]) -> dict[str, Any]:
    size = a1111.SIZE.fullmatch(text(said.get("size")).strip())
    return present(
        {
            **{ours: number(said.get(theirs)) for theirs, ours in NUMBERS.items()},
            "sampler": text(said.get("sampler")),
            "seed": seed(said.get("seed")),
            "width": size and int(size[1]),
            "height": size and int(size[2]),
            "model": used,
            "loras": _loras(said.get("lora")),
            "other": other(said, READ),
        }
    )


def _loras(found: object) -> list[dict[str, Any]]:
    entries = found[:MOST_LORAS] if isinstance(found, list) else []
    return [lora(entry.get("model"), entry.get("weight")) for entry in entries if isinstance(entry, dict)]
