"""The nodes between prompt and picture: conditioning, noise, denoising, encoding, decoding."""

import asyncio
import uuid

from demo.standin import painter
from demo.standin.errors import Json
from demo.standin.sketches import Sketch
from demo.standin.workbench import NodeFailed, Workbench

CLIP = ("text_encoder", "tokenizer")


async def conditioning(bench: Workbench, node: Json) -> Json:
    """Remember the prompt under a name."""
    for part in CLIP:
        if part in (node.get("clip") or {}):
            await bench.load(node, node["clip"][part])
    bench.progress(node, "Building conditioning")
    name = f"ConditioningFieldData_{uuid.uuid4()}"
    bench.prompts[name] = str(node.get("prompt") or "")
    return {"conditioning": {"conditioning_name": name, "mask": None}}


async def noise(bench: Workbench, node: Json) -> Json:
    """Remember size and seed under a name."""
    width, height = node["width"], node["height"]
    name = _keep(bench, Sketch(width, height, seed=node["seed"]))
    return {"noise": {"latents_name": name, "seed": node["seed"]}, "width": width, "height": height}


async def encode(bench: Workbench, node: Json) -> Json:
    """Remember a picture to start from, trimmed to a multiple of eight."""
    picture = bench.open_image(node["image"])
    await bench.load(node, node["vae"]["vae"])
    bench.progress(node, "Running VAE encoder")
    width, height = picture.width // 8 * 8, picture.height // 8 * 8
    name = _keep(bench, Sketch(width, height, start=picture.crop((0, 0, width, height))))
    return {"latents": {"latents_name": name, "seed": None}, "width": width, "height": height}


async def denoise(bench: Workbench, node: Json) -> Json:
    """Work through the steps, telling the progress, and remember what is to be painted."""
    for part in (node.get("unet") or {}).get("unet"), (node.get("unet") or {}).get("scheduler"):
        if part:
            await bench.load(node, part)
    if transformer := (node.get("transformer") or {}).get("transformer"):
        await bench.load(node, transformer)
    sketch = _sketch(bench, node)
    await _work(bench, node, sketch)
    latents = {"latents_name": _keep(bench, sketch), "seed": None}
    return {"latents": latents, "width": sketch.width, "height": sketch.height}


async def decode(bench: Workbench, node: Json) -> Json:
    """Paint the picture and save it."""
    sketch = bench.sketches[node["latents"]["latents_name"]]
    await bench.load(node, node["vae"]["vae"])
    bench.progress(node, "Running VAE decoder")
    paint = painter.finished if bench.backend.pace.paints else painter.plain
    picture = await asyncio.to_thread(paint, sketch)
    return await bench.save_image(node, picture)


def _keep(bench: Workbench, sketch: Sketch) -> str:
    name = f"Tensor_{uuid.uuid4()}"
    bench.sketches[name] = sketch
    return name


def _sketch(bench: Workbench, node: Json) -> Sketch:
    start = _named(bench, node.get("latents"))
    rest = _named(bench, node.get("noise")) or start or Sketch(node["width"], node["height"])
    if start and (start.width, start.height) != (rest.width, rest.height):
        raise NodeFailed("ValueError", _mismatch(rest, start))
    mask = str((node.get("denoise_mask") or {}).get("mask_name"))
    if hole := node.get("fill_conditioning"):
        picture = bench.open_image(hole["image"])
        start, mask = Sketch(picture.width, picture.height, start=picture), hole["mask"]["tensor_name"]
    return Sketch(
        width=rest.width,
        height=rest.height,
        seed=int(node["seed"]) if node.get("noise") is None and "seed" in node else rest.seed,
        prompt=_prompt(bench, node),
        steps=_steps(node),
        guidance=_guidance(node),
        start=start.start if start else None,
        strength=1 - node.get("denoising_start", 0.0),
        mask=bench.masks.get(mask),
    )


def _named(bench: Workbench, field: Json | None) -> Sketch | None:
    return bench.sketches.get(field["latents_name"]) if field else None


def _mismatch(noise: Sketch, latents: Sketch) -> str:
    shapes = [f"torch.Size([1, 4, {sketch.height // 8}, {sketch.width // 8}])" for sketch in (noise, latents)]
    return f"Incompatible 'noise' and 'latents' shapes: noise.shape={shapes[0]}, latents.shape={shapes[1]}"


def _prompt(bench: Workbench, node: Json) -> str:
    field = node.get("positive_conditioning") or node.get("positive_text_conditioning") or []
    fields = field if isinstance(field, list) else [field]
    return " ".join(bench.prompts.get(one["conditioning_name"], "") for one in fields)


def _steps(node: Json) -> int:
    return int(node.get("steps") or node.get("num_steps") or 1)


def _guidance(node: Json) -> float:
    scale = node.get("cfg_scale") or node.get("guidance") or node.get("guidance_scale") or 7.0
    return float(scale[0] if isinstance(scale, list) else scale)


async def _work(bench: Workbench, node: Json, sketch: Sketch) -> None:
    steps = max(1, round(sketch.steps * sketch.strength))
    picture = await asyncio.to_thread(painter.small, sketch) if bench.is_watched else None
    for done in range(steps + 1):
        image = painter.preview(picture, sketch, done / steps) if picture else None
        bench.progress(node, "Denoising", done / steps, image)
        await bench.pause(bench.backend.pace.seconds_per_step if done < steps else 0)
        if bench.fails and done >= steps // 2:
            raise NodeFailed(bench.backend.faults.error_type, bench.backend.faults.error_message)
