"""How another program made a picture, in InvokeAI's words; and what InvokeAI has no word for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generation.asking.defaults import count_values, defaults_for, shapes_for, size_values
from generation.asking.offers import Offers
from generation.recipes import rules
from generation.recipes.bases import BASES
from generation.recipes.recipe import LARGEST_SEED, REFINER_NUMBERS
from generation.recipes.shapes import nearest
from generation.words.parsing import escaped
from models_catalog.models import Model
from photos.metadata.names import model_name, sampler_key
from photos.models import Photo

# ComfyUI's names, which photos speak, and what InvokeAI calls the same thing.
SAMPLERS = {
    "euler": "euler", "euler_ancestral": "euler_a", "heun": "heun", "dpm_2": "kdpm_2", "dpm_2_ancestral": "kdpm_2_a",
    "lms": "lms", "plms": "pndm", "pndm": "pndm", "ddim": "ddim", "ddpm": "ddpm", "deis": "deis", "uni_pc": "unipc",
    "dpmpp_2m": "dpmpp_2m", "dpmpp_2m_sde": "dpmpp_2m_sde", "dpmpp_sde": "dpmpp_sde", "lcm": "lcm", "tcd": "tcd",
    "er_sde": "er_sde",
}  # fmt: skip
# Near enough to begin with, and said to be so.
NEAREST = {
    "dpmpp_2s_ancestral": "dpmpp_2s", "dpmpp_3m_sde": "dpmpp_3m", "dpmpp_2m_sde_gpu": "dpmpp_2m_sde",
    "dpmpp_2m_sde_heun": "dpmpp_2m_sde", "uni_pc_bh2": "unipc", "heunpp2": "heun",
}  # fmt: skip
PLAIN_SCHEDULES = {"", "automatic", "normal", "simple", "uniform"}
# What AUTOMATIC1111's web UI takes "Automatic" for with these.
KARRAS_BY_ITSELF = {"dpmpp_2m", "dpmpp_sde", "dpmpp_2m_sde", "dpmpp_2s_ancestral", "dpmpp_2m_sde_heun"}
LORA_TAG = re.compile(r"\s*<(?:lora|lyco|lycoris|hypernet):[^<>]{1,300}>,?", re.IGNORECASE)
EMPHASIS = re.compile(r"\(([^()\[\]{}:\\]{1,300}):\s*(\d(?:\.\d{1,4})?)\)")
SPEAKS_INFOTEXT = {"AUTOMATIC1111", "Forge", "Civitai", "SD.Next"}


@dataclass(slots=True)
class Translation:
    """The form's values, and sentences about what could not be taken over."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def translate(photo: Photo, offers: Offers) -> Translation:
    """Return a foreign picture's settings as the form has them."""
    params = photo.generation_params or {}
    done = Translation()
    model = _model(params, photo.model_name, offers, done)
    done.values = {
        **offers.fresh(),
        **defaults_for(model, offers.settings),
        "model": model.key if model else "",
        **count_values(offers.settings.default_batch_size),
    }
    words, notes = words_of(photo)
    done.values |= words
    done.notes += notes
    done.values |= _size(photo, params, model, offers)
    done.values |= dict(_numbers(params, model, done))
    done.values |= _scheduler(params, model, done)
    done.values |= _seed(params, done)
    done.values |= _vae(params, model, offers, done)
    done.values |= {
        "gpu_noise": params.get("rand_device") == "cuda",
        "color_compensation": params.get("color_compensation") == "SDXL",
        "hidiffusion": params.get("hidiffusion") is True,
    }
    done.values |= dict(_refiner(params, model, offers, done))
    done.values["loras"] = list(_loras(params, model, offers, done))
    if params.get("strength") not in (None, 1, 1.0) or params.get("init_image"):
        done.notes.append("It was made from another picture, which is not known here.")
    return done


def _model(params: Mapping[str, Any], name: str, offers: Offers, done: Translation) -> Model | None:
    wanted = _named(params.get("model"))
    known = list(offers.models)
    found = _same(known, {**wanted, "name": wanted.get("name") or name})
    if found is None:
        shown = wanted.get("name") or name or "its model"
        fallback = offers.model(offers.fresh()["model"])
        instead = f" “{fallback.name}” is chosen instead." if fallback else ""
        done.notes.append(f"The server has no model called “{shown}”.{instead}")
        return fallback
    return found


def _same(known: list[Model], wanted: Mapping[str, Any]) -> Model | None:
    """Return the model by its key, else by its hash, else by its name."""
    key, digest, name = (str(wanted.get(word) or "") for word in ("key", "hash", "name"))
    for fits in (
        lambda model: bool(key) and model.key == key,
        lambda model: bool(digest) and _bare(model.hash) == _bare(digest),
        lambda model: bool(name) and _folded(model.name) == _folded(name),
    ):
        if found := next((model for model in known if fits(model)), None):
            return found
    return None


def words_of(photo: Photo) -> tuple[dict[str, str], list[str]]:
    """Return a picture's words as InvokeAI reads them, so that exactly they come out, and what became of them."""
    texts = {"prompt": photo.generation_prompt or "", "negative_prompt": photo.generation_negative_prompt or ""}
    if (photo.generation_params or {}).get("generator") not in SPEAKS_INFOTEXT:
        return {name: escaped(text) for name, text in texts.items()}, []
    bare = {name: LORA_TAG.sub("", text).strip() for name, text in texts.items()}
    ours = {name: EMPHASIS.sub(r"(\1)\2", text) for name, text in bare.items()}
    notes = [] if ours == bare else ["Emphasis is written as InvokeAI reads it: (word)1.2 for (word:1.2)."]
    return {name: escaped(text) for name, text in ours.items()}, notes


def _size(photo: Photo, params: Mapping[str, Any], model: Model | None, offers: Offers) -> dict[str, str]:
    width, height = params.get("width"), params.get("height")
    if not (isinstance(width, int) and isinstance(height, int)):
        width, height = photo.width, photo.height
    base = model.base if model else ""
    multiple = BASES[base].multiple if base in BASES else 8
    low, high = rules.SMALLEST_SIDE, rules.LARGEST_SIDE // multiple * multiple
    sides = [min(high, max(low, nearest(side, multiple))) for side in (width, height)]
    return size_values(shapes_for(base, offers.settings), *sides)


def _numbers(params: Mapping[str, Any], model: Model | None, done: Translation) -> Iterator[tuple[str, str]]:
    for name in ("steps", "cfg_scale", "guidance"):
        value = params.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield name, f"{value:g}"
    skipped = params.get("clip_skip")
    if isinstance(skipped, int) and not isinstance(skipped, bool):
        # Everybody but InvokeAI counts the layer it stops at, from 1.
        counted = skipped if params.get("generator") == "InvokeAI" else max(0, abs(skipped) - 1)
        yield "clip_skip", str(min(counted, rules.MOST_CLIP_SKIP))
    if isinstance(params.get("cfg_scale"), int | float) and params["cfg_scale"] < 1:
        done.notes.append("InvokeAI takes no CFG scale below 1.")
        yield "cfg_scale", "1"


def _scheduler(params: Mapping[str, Any], model: Model | None, done: Translation) -> dict[str, str]:
    known = set(rules.schedulers(base=model.base, variant=model.variant) if model else rules.schedulers())
    sampler, schedule = str(params.get("sampler") or ""), str(params.get("scheduler") or "")
    if not sampler:
        if schedule in known:
            return {"scheduler": schedule}
        if schedule:
            done.notes.append(f"This model has no scheduler “{schedule}” in InvokeAI. Its usual one is chosen.")
        return {}
    name = scheduler_named(sampler, schedule)
    if name not in known:
        done.notes.append(f"InvokeAI has no sampler “{sampler}” for this model. Its usual one is chosen.")
        return {}
    if sampler_key(sampler) in NEAREST:
        done.notes.append(f"InvokeAI has no sampler “{sampler}”; the nearest one is chosen.")
    if not _is_told(schedule) and not name.endswith("_k"):
        done.notes.append(f"InvokeAI does not know the schedule “{schedule}”.")
    return {"scheduler": name}


def scheduler_named(sampler: str, schedule: str = "") -> str:
    """Return what InvokeAI calls a sampler with its schedule; empty when it has nothing like it."""
    key = sampler_key(sampler)
    name = SAMPLERS.get(key) or NEAREST.get(key, "")
    told = f"{sampler} {schedule}".casefold()
    is_karras = "karras" in told or (schedule.casefold() == "automatic" and key in KARRAS_BY_ITSELF)
    return f"{name}_k" if is_karras and f"{name}_k" in rules.schedulers() else name


def _is_told(schedule: str) -> bool:
    return schedule.casefold() in PLAIN_SCHEDULES or "karras" in schedule.casefold()


def _seed(params: Mapping[str, Any], done: Translation) -> dict[str, str]:
    written = str(params.get("seed") if params.get("seed") is not None else "")
    if not written:
        return {"seed": ""}
    if written.isascii() and written.isdigit() and int(written) <= LARGEST_SEED:
        return {"seed": written}
    done.notes.append(f"The seed {written[:30]} is larger than InvokeAI takes; a new one is thrown.")
    return {"seed": ""}


def _vae(params: Mapping[str, Any], model: Model | None, offers: Offers, done: Translation) -> dict[str, str]:
    wanted = _named(params.get("vae"))
    if not wanted.get("name") or _folded(wanted["name"]) in {"automatic", "none", "baked"}:
        return {}
    fitting = [vae for vae in offers.vaes if model and vae.base in {model.base, "any"}]
    if found := _same(fitting, wanted):
        return {"vae": found.key}
    done.notes.append(f"The server has no VAE called “{wanted['name']}” for this model.")
    return {}


def _refiner(
    params: Mapping[str, Any], model: Model | None, offers: Offers, done: Translation
) -> Iterator[tuple[str, str]]:
    wanted = _named(params.get("refiner_model"))
    if not wanted.get("name"):
        return
    found = _same(list(offers.refiners), wanted) if model and model.base == "sdxl" else None
    if found is None:
        done.notes.append(f"The server has no refiner called “{wanted['name']}” for this model.")
        return
    yield "refiner_model", found.key
    for name in REFINER_NUMBERS:
        if isinstance(params.get(name), int | float) and not isinstance(params[name], bool):
            yield name, f"{params[name]:g}"
    if params.get("refiner_scheduler") in rules.schedulers():
        yield "refiner_scheduler", params["refiner_scheduler"]


def _loras(
    params: Mapping[str, Any], model: Model | None, offers: Offers, done: Translation
) -> Iterator[tuple[str, str]]:
    fitting = [other for other in offers.others if other.type == "lora" and model and other.base == model.base]
    written = params.get("loras")
    for entry in written if isinstance(written, list) else []:
        wanted = _named(entry)
        if found := _same(fitting, wanted):
            weight = entry.get("weight") if isinstance(entry, Mapping) else None
            yield found.key, f"{weight if isinstance(weight, int | float) else 0.75:g}"
        else:
            done.notes.append(
                f"The server has no LoRA called “{wanted.get('name') or 'without a name'}” for this model."
            )


def _named(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        inner = value.get("model") or value.get("lora")
        return {**value, **inner} if isinstance(inner, Mapping) else dict(value)
    return {"name": value} if isinstance(value, str) else {}


def _folded(name: object) -> str:
    return re.sub(r"[\s_-]+", " ", model_name(str(name))).strip().casefold()


def _bare(digest: str) -> str:
    return digest.casefold().rpartition(":")[2]
