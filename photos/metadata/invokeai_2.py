"""InvokeAI 2.x: a JSON object, and the command line that made the picture."""

import re
import shlex
from itertools import pairwise
from typing import Any

from photos.metadata.chunks import Chunks
from photos.metadata.generation import Generation, number, present, prompt, text
from photos.metadata.text import parse_object

JSON_KEY, COMMAND_KEY = "sd-metadata", "Dream"
SWITCHES = {"-s": "steps", "-S": "seed", "-W": "width", "-H": "height", "-C": "cfg_scale", "-f": "strength"}
COMMAND_LIMIT = 20_000
NEGATIVE = re.compile(r"\[([^\[\]]*)\]")


def recognises(chunks: Chunks) -> bool:
    """Tell whether InvokeAI 2 wrote the texts."""
    return JSON_KEY in chunks or COMMAND_KEY in chunks


def parse(chunks: Chunks) -> Generation | None:
    """Return what the JSON says, else the command line, or None."""
    found = parse_object(chunks.get(JSON_KEY, ""))
    image = found.get("image") or _first(found.get("images"))
    if isinstance(image, dict):
        return _from_json(found, image)
    return _from_command(chunks.get(COMMAND_KEY, ""))


def _first(images: object) -> object:
    return images[0] if isinstance(images, list) and images else None


def _from_json(found: dict[str, Any], image: dict[str, Any]) -> Generation:
    params: dict[str, Any] = {key: number(image.get(key)) for key in SWITCHES.values()}
    params |= {"scheduler": text(image.get("sampler")), "generation_mode": text(image.get("type"))}
    params["app_version"] = text(found.get("app_version"))
    name = text(found.get("model_weights")) or text(found.get("model_id"))
    model = present({"name": name, "hash": text(found.get("model_hash"))})
    return _generation(_joined(image.get("prompt")), {**params, "model": model}, name)


def _joined(words: object) -> str:
    """Return the prompt, which is a text or a list of weighted texts."""
    if isinstance(words, list):
        return prompt(" ".join(text(part.get("prompt"), 20_000) for part in words[:50] if isinstance(part, dict)))
    return prompt(words)


def _from_command(command: str) -> Generation | None:
    try:
        words = shlex.split(command[:COMMAND_LIMIT])
    except ValueError:
        return None
    if not words:
        return None
    given = dict(pairwise(words))
    params: dict[str, Any] = {name: number(given.get(switch)) for switch, name in SWITCHES.items()}
    return _generation(words[0], {**params, "scheduler": text(given.get("-A"))}, "")


def _generation(words: str, params: dict[str, Any], model_name: str) -> Generation:
    return Generation(
        generator="InvokeAI",
        prompt=prompt(NEGATIVE.sub("", words)),
        negative_prompt=prompt(", ".join(NEGATIVE.findall(words))),
        params=present(params),
        model_name=model_name,
    )
