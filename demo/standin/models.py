"""The models that the stand-in says it has."""

import hashlib
import uuid
from typing import Any

from demo.standin.errors import Json

HOME = uuid.UUID("6f1d6c5e-53a5-4d0b-9a36-0f6b5c1f4a10")
TRIGGERS = {"Morning Mist": ["morning mist"]}


def identity(name: str, base: str, kind: str) -> Json:
    """Return the five values by which a graph names a model; the same at every start."""
    digest = hashlib.sha256(f"{base}/{kind}/{name}".encode()).hexdigest()
    return {
        "key": str(uuid.uuid5(HOME, f"{base}/{kind}/{name}")),
        "hash": f"blake3:{digest}",
        "name": name,
        "base": base,
        "type": kind,
    }


def _record(name: str, base: str, kind: str, size: int, description: str, **own: Any) -> Json:
    path = f"{base}/{kind}/{name.lower().replace(' ', '-')}"
    return {
        **identity(name, base, kind),
        "path": path,
        "file_size": size,
        "description": description,
        "source": path,
        "source_type": "path",
        "source_api_response": None,
        "source_url": None,
        "cover_image": None,
        **own,
    }


def _main(
    name: str,
    base: str,
    size: int,
    description: str,
    *,
    format: str = "diffusers",  # noqa: A002 InvokeAI's word
    variant: str = "normal",
    **settings: Any,
) -> Json:
    side = 512 if base == "sd-1" else 1024
    blank = ("vae", "vae_precision", "scheduler", "steps", "cfg_scale", "cfg_rescale_multiplier", "width", "height")
    defaults = dict.fromkeys((*blank, "guidance", "cpu_only", "fp8_storage"))
    return _record(
        name, base, "main", size, description,
        trigger_phrases=None,
        default_settings={**defaults, "width": side, "height": side, **settings},
        format=format, repo_variant="", prediction_type="epsilon", variant=variant,
    )  # fmt: skip


def _vae(name: str, base: str) -> Json:
    about = "Decodes a little softer."
    return _record(name, base, "vae", 334_643_238, about, format="diffusers", repo_variant="", cpu_only=None)


def _lora(name: str, base: str, description: str) -> Json:
    settings = {"weight": 0.75, "weight_min": None, "weight_max": None}
    return _record(
        name, base, "lora", 151_108_832, description,
        trigger_phrases=TRIGGERS.get(name), default_settings=settings, format="lycoris",
    )  # fmt: skip


def _part(name: str, base: str, kind: str, size: int, description: str, **own: Any) -> Json:
    """Return a model that works beside a main one."""
    return _record(name, base, kind, size, description, **{"format": kind, **own})


def installed() -> list[Json]:
    """Return fresh records of all models."""
    return [
        _lora("Morning Mist", "sd-1", "Veils the distance."),
        _lora("Gilded Edges", "sdxl", "Warm rims of light."),
        _main("Cedar 1.5", "sd-1", 4_265_146_304, "A quick all-rounder.", steps=24, cfg_scale=6.5, scheduler="euler_a"),
        _main(
            "Juniper XL 4",
            "sdxl",
            6_938_040_682,
            "Large and painterly.",
            steps=30,
            cfg_scale=6.0,
            scheduler="dpmpp_2m_k",
        ),
        _main(
            "Willow Schnell", "flux", 12_000_000_000, "Four steps, and exact.", format="checkpoint", variant="schnell"
        ),
        _vae("Clear Water", "sd-1"),
        _vae("Clear Water XL", "sdxl"),
        _vae("Clear Water Flow", "flux"),
        _part("Careful Reader", "any", "t5_encoder", 5_000_000_000, "Reads long prompts."),
        _part("Quick Reader", "any", "clip_embed", 246_000_000, "Reads short prompts.", variant="large"),
        _part("Fine Grain x4", "any", "spandrel_image_to_image", 67_000_000, "Enlarges.", format="checkpoint"),
    ]


class Models:
    """The installed models."""

    def __init__(self) -> None:
        self.records = installed()

    def find(self, key: object) -> Json | None:
        """Return the record with this key."""
        return next((record for record in self.records if record["key"] == key), None)

    def remove(self, key: str) -> None:
        """Uninstall a model."""
        self.records = [record for record in self.records if record["key"] != key]

    def add(self, name: str, base: str, kind: str = "main") -> Json:
        """Install one more model, for tests; returns its record."""
        makers = {"vae": lambda: _vae(name, base), "lora": lambda: _lora(name, base, "")}
        record = makers.get(kind, lambda: _main(name, base, 1_000_000, ""))()
        self.records.append({**record, "type": kind})
        return self.records[-1]

    def reinstall(self, key: str) -> Json:
        """Give a model a new key, as installing it again does; its hash stays."""
        record = self.find(key)
        assert record is not None
        record["key"] = str(uuid.uuid4())
        return record
