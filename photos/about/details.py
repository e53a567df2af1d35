"""What a photo's page tells of it, as rows of a name and a value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.text import Truncator

from photos.models import Photo
from settings_app import connections, schedulers

WORDS_IN_A_HEADING = 10
NAMED_BY_A_SERVER = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\.\w+$", re.IGNORECASE)
FORMATS = {"image/jpeg": "JPEG", "image/webp": "WebP", "image/heic": "HEIC", "image/heif": "HEIF"}
# Each row by the keys its value goes under, in the order they are looked for.
MADE_WITH = [
    ("Steps", "steps"),
    ("CFG", "cfg_scale"),
    ("CFG rescale", "cfg_rescale_multiplier"),
    ("Guidance", "guidance"),
    ("Sampler", "sampler"),
    ("Scheduler", "scheduler"),
    ("VAE", "vae"),
    ("Refiner", "refiner_model"),
    ("Refiner start", "refiner_start"),
    ("Refiner steps", "refiner_steps"),
    ("Refiner CFG", "refiner_cfg_scale"),
    ("Refiner scheduler", "refiner_scheduler"),
    ("Aesthetic score", "refiner_positive_aesthetic_score"),
    ("Negative aesthetic score", "refiner_negative_aesthetic_score"),
    ("Strength", "strength"),
    ("CLIP skip", "clip_skip"),
    ("Upscaled", "upscale_scale"),
    ("Generator", "generator"),
    ("Version", "app_version"),
]
# What says as much as nothing.
UNSAID = {("clip_skip", 0), ("cfg_rescale_multiplier", 0)}


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what it is called, what it says, whether it is worth copying, and what is copied if it is not that."""

    name: str
    value: str
    is_copied: bool = False
    copied: str = ""


def heading(photo: Photo) -> str:
    """Return what the photo is called: its title, else its first words, else its name unless only a server loves it."""
    if photo.title:
        return photo.title
    if photo.is_generated and photo.generation_prompt:
        return Truncator(photo.generation_prompt).words(WORDS_IN_A_HEADING, truncate=" …")
    if photo.original_name and not NAMED_BY_A_SERVER.match(photo.original_name):
        return photo.original_name
    return "Generated picture" if photo.is_generated else "Picture"


def made_with(photo: Photo) -> list[Fact]:
    """Return how the picture was generated, as far as is known. The seed is text: scripts would round it."""
    params = photo.generation_params or {}
    name = photo.model_name or _text(params.get("model"))
    model = [Fact("Model", name)] if name else []
    seed = [Fact("Seed", str(params["seed"]), is_copied=True)] if params.get("seed") is not None else []
    return [*model, *seed, *_size(params), *_known(params), *_seamless(params), *_loras(params)]


def camera(photo: Photo) -> list[Fact]:
    """Return what the camera wrote into the file."""
    written = photo.metadata.get("camera", {})
    iso = f"ISO {written['iso']:g}" if written.get("iso") else ""
    length = f"{written['focal_length']:g} mm" if written.get("focal_length") else ""
    rows = {
        "Camera": _camera_name(written),
        "Lens": written.get("lens", ""),
        "Exposure": ", ".join(filter(None, [_shutter(written), _aperture(written), iso])),
        "Focal length": length,
        "Flash": "Fired" if written.get("flash") else "",
    }
    return [Fact(name, value) for name, value in rows.items() if value]


def place(photo: Photo) -> list[Fact]:
    """Return where it was taken. What is copied is what every map understands."""
    where = photo.metadata.get("place") or {}
    if not {"latitude", "longitude"} <= where.keys():
        return []
    north, east = where["latitude"], where["longitude"]
    said = f"{abs(north):.5f}° {'N' if north >= 0 else 'S'}, {abs(east):.5f}° {'E' if east >= 0 else 'W'}"
    facts = [Fact("Position", said, is_copied=True, copied=f"{north:.5f}, {east:.5f}")]
    return [*facts, Fact("Altitude", _altitude(where["altitude"]))] if "altitude" in where else facts


def file_facts(photo: Photo) -> list[Fact]:
    """Return what the file itself is."""
    kind = FORMATS.get(photo.mime_type, photo.mime_type.removeprefix("image/").upper())
    facts = [
        Fact("Name", photo.original_name or photo.filename),
        Fact("Original", f"{kind}, {filesizeformat(photo.file_size)}" if photo.file_size else kind),
        Fact("Size", f"{photo.width:,} × {photo.height:,} pixels"),
        Fact("Software", _software(photo)),
        Fact("Added", _moment(photo.created_at)),
        Fact("Server", connections.name_of(photo.server)),
    ]
    return [fact for fact in facts if fact.value]


def _moment(when: datetime) -> str:
    return format_date(timezone.localtime(when), "j F Y, H:i")


def _software(photo: Photo) -> str:
    """Return what wrote the file, where that is not told already as what made the picture."""
    written = str(photo.metadata.get("software", ""))
    return "" if written == (photo.generation_params or {}).get("generator") else written


def _altitude(metres: float) -> str:
    return f"{abs(metres):,.0f} m {'below' if metres < 0 else 'above'} the sea"


def _known(params: Mapping[str, Any]) -> Iterable[Fact]:
    told = {key: params[key] for _, key in MADE_WITH if params.get(key) not in (None, "", {}, [])}
    return [Fact(name, _label(key, told[key])) for name, key in MADE_WITH if key in told and not _is_unsaid(key, told)]


def _is_unsaid(key: str, told: Mapping[str, Any]) -> bool:
    return any(key == name and told[key] == value for name, value in UNSAID)


def _label(key: str, value: Any) -> str:
    return schedulers.LABELS.get(str(value), str(value)) if key.endswith("scheduler") else _text(value)


def _size(params: Mapping[str, Any]) -> list[Fact]:
    return [Fact("Size", f"{params['width']} × {params['height']}")] if params.keys() >= {"width", "height"} else []


def _seamless(params: Mapping[str, Any]) -> list[Fact]:
    sides = [name for name, key in (("across", "seamless_x"), ("down", "seamless_y")) if params.get(key) is True]
    return [Fact("Seamless", " and ".join(sides))] if sides else []


def _loras(params: Mapping[str, Any]) -> list[Fact]:
    loras = params.get("loras")
    return [Fact("LoRA", _lora(lora)) for lora in loras] if isinstance(loras, list) else []


def _lora(lora: Any) -> str:
    if not isinstance(lora, Mapping):
        return _text(lora)
    name = _text(lora.get("model") or lora.get("lora") or lora)
    return f"{name}, {lora['weight']}" if lora.get("weight") is not None else name


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("key") or "")
    return "" if value is None else str(value)


def _camera_name(written: Mapping[str, Any]) -> str:
    """Return make and model; many models begin with their make already."""
    make, model = str(written.get("make", "")), str(written.get("model", ""))
    return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()


def _shutter(written: Mapping[str, Any]) -> str:
    seconds = written.get("exposure")
    if not seconds:
        return ""
    return f"1/{round(1 / seconds)} s" if seconds < 0.4 else f"{seconds:g} s"


def _aperture(written: Mapping[str, Any]) -> str:
    return f"f/{written['f_number']:g}" if written.get("f_number") else ""
