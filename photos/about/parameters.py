"""What else a generator wrote: the settings that have no row of their own, and its texts as they stand in the file."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from photos.about.details import MADE_WITH, Fact
from photos.models import Photo

TOLD_ABOVE = {key for _, key in MADE_WITH} | {
    "model", "seed", "width", "height", "loras", "other", "prompt", "negative_prompt", "backend", "template_id",
}  # fmt: skip
# Of a model: its name is told above, its key is of no use to anybody.
TOLD_OF_A_MODEL = {"file": "file", "base": "base", "hash": "hash"}
# What changes nothing is not worth a line.
NOTHING_AT_ZERO = {"cfg_rescale_multiplier"}
CAPITALS = {
    "cfg": "CFG",
    "gpu": "GPU",
    "vae": "VAE",
    "clip": "CLIP",
    "t5": "T5",
    "lora": "LoRA",
    "id": "ID",
    "hrf": "HRF",
    "ip": "IP",
}
PLACES = {"exif": "EXIF", "iptc": "IPTC"}
NAMES = {
    "sidecar": "File beside the picture",
    "beside:xmp": "XMP file beside the picture",
    "xmp": "XMP",
    "c2pa": "Content credentials",
    "comment": "Comment",
}
SHOWN_OF_A_HASH = 20
LONGEST_LAID_OUT = 400_000


@dataclass(frozen=True, slots=True)
class RawText:
    """One text of the file: what it is called, as it stands there, and laid out for reading."""

    name: str
    raw: str
    shown: str


def more_parameters(photo: Photo) -> list[Fact]:
    """Return the settings a picture was made with that are not among the first rows."""
    params = photo.generation_params or {}
    rows = [*_of_model("Model", params.get("model")), *_of_model("VAE", params.get("vae")), *_rest(params)]
    return [_hash(name, value) if name.endswith(" hash") else Fact(name, value) for name, value in rows if value]


def has_texts(photo: Photo) -> bool:
    """Tell whether any text of the file was kept."""
    return bool(photo.metadata.get("chunks"))


def raw_texts(photo: Photo) -> list[RawText]:
    """Return the texts that were kept, the shortest first."""
    kept = photo.metadata.get("chunks") or {}
    return [RawText(_place(key), text, _laid_out(text)) for key, text in sorted(kept.items(), key=_length)]


def _hash(name: str, value: str) -> Fact:
    """Return the row of a hash, which is long: its beginning tells it apart, and all of it is copied."""
    return Fact(name, Truncator(value).chars(SHOWN_OF_A_HASH), is_copied=True, copied=value)


def _length(item: tuple[str, str]) -> int:
    return len(item[1])


def _rest(params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    others = params.get("other")
    untold = {key: value for key, value in params.items() if key not in TOLD_ABOVE}
    for key, value in {**untold, **(others if isinstance(others, Mapping) else {})}.items():
        if value or key not in NOTHING_AT_ZERO:
            yield _name(key), _said(value)


def _of_model(name: str, model: Any) -> Iterator[tuple[str, str]]:
    if isinstance(model, Mapping):
        for key, word in TOLD_OF_A_MODEL.items():
            yield f"{name} {word}", _said(model.get(key))


def _name(key: str) -> str:
    """Return a key as people would write it: ``hrfMethod`` and ``hrf_method`` are “HRF method”."""
    if " " in key:
        return key
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).split("_")
    spelt = " ".join(CAPITALS.get(word.lower()) or (word if word.isupper() else word.lower()) for word in words if word)
    return spelt[:1].upper() + spelt[1:]


def _said(value: Any) -> str:
    """Return a value in words; what says nothing, such as an empty list or no, is empty."""
    if value is None or value is False:
        return ""
    if value is True:
        return "Yes"
    if isinstance(value, Mapping):
        return _said(value.get("name")) or ", ".join(_pairs(value))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_said, value)))
    return str(value).strip()


def _pairs(value: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key}: {said}" for key, inner in value.items() if (said := _said(inner)))


def _place(key: str) -> str:
    place, _, name = key.partition(":")
    return f"{PLACES[place]} {name}" if name and place in PLACES else NAMES.get(key, key)


def _laid_out(text: str) -> str:
    """Return JSON with a line for each value; any other text as it is."""
    if not text.lstrip().startswith(("{", "[")) or len(text) > LONGEST_LAID_OUT:
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
