"""One small file of every generator, in every format it writes, with what must be read from it."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from photos.tests import containers, pictures
from photos.tests.containers import user_comment

PROMPT, NEGATIVE = "a fox in snow, café 日本", "blurry, low quality"
LORA_PROMPT = f"{PROMPT} <lora:style:0.8>"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file and what it says; ``params`` names only what is checked."""

    name: str
    content: bytes
    generator: str
    prompt: str = PROMPT
    negative: str = NEGATIVE
    model: str = "m"
    params: dict[str, Any] = field(default_factory=dict)


COMMON: dict[str, Any] = {"seed": 42, "steps": 20}
SIZED = COMMON | {"width": 512, "height": 768}

INVOKEAI = {
    "generation_mode": "sdxl_txt2img", "positive_prompt": PROMPT, "negative_prompt": NEGATIVE, "width": 512,
    "height": 768, "seed": 42, "cfg_scale": 6.0, "steps": 20, "scheduler": "dpmpp_2m_k", "app_version": "6.14.2",
    "model": {"key": "k1", "hash": "blake3:aa", "name": "m", "base": "sdxl", "type": "main"},
    "loras": [{"model": {"key": "k2", "name": "style", "base": "sdxl", "type": "lora"}, "weight": 0.8}],
}  # fmt: skip
INVOKEAI_3 = INVOKEAI | {
    "model": {"model_name": "m", "base_model": "sdxl", "model_type": "main"},
    "loras": [{"lora": {"model_name": "style", "base_model": "sdxl"}, "weight": 0.8}],
}
INVOKEAI_2 = {
    "model": "stable diffusion", "model_id": "m", "model_hash": "cafe", "app_version": "2.3.5",
    "image": {
        "type": "txt2img", "prompt": [{"prompt": f"{PROMPT} [{NEGATIVE}]", "weight": 1.0}], "steps": 20,
        "cfg_scale": 7.5, "seed": 42, "sampler": "k_euler", "width": 512, "height": 768,
    },
}  # fmt: skip
DREAM = f'"{PROMPT} [{NEGATIVE}]" -s 20 -S 42 -W 512 -H 768 -C 7.5 -A k_lms'

A1111 = (
    f"{LORA_PROMPT}\nsecond line\nNegative prompt: {NEGATIVE}\nmore negative\n"
    "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 42, Size: 512x768, "
    'Model hash: 0a1b2c3d4e, Model: m, Denoising strength: 0.4, Lora hashes: "style: 12ab34cd56ef", '
    'ControlNet 0: "Module: canny, Weight: 1", Version: v1.10.1'
)
FORGE = A1111.replace("v1.10.1", "f2.0.1v1.10.1-previous-313")
CIVITAI = (
    f"{PROMPT}\nNegative prompt: {NEGATIVE}\nSteps: 20, CFG scale: 7, Sampler: Euler a, Seed: 42, Size: 512x768, "
    'Civitai resources: [{"type":"checkpoint","modelName":"m","modelVersionId":1},'
    '{"type":"lora","weight":0.8,"modelName":"style"}], Civitai metadata: {}'
)

COMFYUI: dict[str, Any] = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": 42, "steps": 20, "cfg": 7.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0,
        "model": ["9", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "dir/m.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": PROMPT, "clip": ["9", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": NEGATIVE, "clip": ["9", 1]}},
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
    "9": {"class_type": "LoraLoader", "inputs": {
        "lora_name": "style.safetensors", "strength_model": 0.8, "strength_clip": 1.0, "model": ["4", 0],
        "clip": ["4", 1]}},
}  # fmt: skip
EDITOR = {
    "nodes": [
        {"id": 3, "type": "KSampler", "widgets_values": [42, "fixed", 20, 7.0, "euler", "normal", 1.0], "inputs": [
            {"name": "model", "link": 1}, {"name": "positive", "link": 2}, {"name": "negative", "link": 3},
            {"name": "latent_image", "link": 4}]},
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["m.safetensors"], "inputs": []},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [512, 768, 1]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": [PROMPT]},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": [NEGATIVE]},
        {"id": 9, "type": "LoraLoader", "widgets_values": ["style.safetensors", 0.8, 1.0], "inputs": [
            {"name": "model", "link": 5}]},
    ],
    "links": [[1, 9, 0, 3, 0, "MODEL"], [2, 6, 0, 3, 1, "CONDITIONING"], [3, 7, 0, 3, 2, "CONDITIONING"],
              [4, 5, 0, 3, 3, "LATENT"], [5, 4, 0, 9, 0, "MODEL"]],
}  # fmt: skip

NOVELAI = {
    "Title": "NovelAI generated image", "Software": "NovelAI", "Description": PROMPT,
    "Source": "NovelAI Diffusion V4 37442FCA",
    "Comment": json.dumps({
        "prompt": PROMPT, "uc": NEGATIVE, "steps": 20, "scale": 5.0, "seed": 42, "sampler": "k_euler",
        "noise_schedule": "native", "width": 512, "height": 768}),
}  # fmt: skip
FOOOCUS = {
    "prompt": PROMPT, "negative_prompt": NEGATIVE, "full_prompt": [f"{PROMPT}, cinematic"],
    "full_negative_prompt": ["blurry"], "styles": "['Fooocus V2']", "performance": "Speed", "steps": 20,
    "resolution": "(512, 768)", "guidance_scale": 4.0, "sharpness": 2.0, "base_model": "m",
    "base_model_hash": "aeb7e9e689", "sampler": "dpmpp_2m_sde_gpu", "scheduler": "karras", "seed": "42",
    "vae": "Default (model)", "loras": [["style", 0.8, "4852686128"]], "version": "Fooocus v2.5.5",
}  # fmt: skip
SWARMUI = {
    "sui_image_params": {
        "prompt": PROMPT, "negativeprompt": NEGATIVE, "model": "dir/m", "seed": 42, "steps": 20, "cfgscale": 7.0,
        "width": 512, "height": 768, "sampler": "euler", "scheduler": "normal", "loras": ["style"],
        "loraweights": ["0.8"], "swarm_version": "0.9.3.1"},
    "sui_extra_data": {"date": "2025-01-25", "generation_time": "4.8 sec"},
    "sui_models": [{"name": "m.safetensors", "param": "model", "hash": "0xd7a9"}],
}  # fmt: skip
MIDJOURNEY = f"{PROMPT} --no {NEGATIVE} --ar 2:1 --seed 42 --v 6.1 Job ID: a7421d2f-1111-2222-3333-444455556666"
DRAW_THINGS = {
    "c": PROMPT, "uc": NEGATIVE, "model": "m.ckpt", "sampler": "DPM++ 2M", "scale": 7, "seed": 42, "steps": 20,
    "strength": 1, "size": "512x768", "lora": [{"model": "style.ckpt", "weight": 0.8}],
}  # fmt: skip
EASY_DIFFUSION = {
    "prompt": PROMPT, "negative_prompt": NEGATIVE, "seed": "42", "num_inference_steps": "20", "width": "512",
    "guidance_scale": "7.5", "height": "768", "sampler_name": "euler_a", "use_stable_diffusion_model": "m",
    "use_lora_model": "style", "lora_alpha": "0.8",
}  # fmt: skip
STYLE = [{"name": "style", "weight": 0.8}]


def samples() -> list[Sample]:
    """Return all files."""
    groups = (_invokeai, _a1111, _comfyui, _fooocus, _swarmui, _others, _stealthy, _credentials)
    return [sample for group in groups for sample in group()]


def _png(texts: dict[str, Any]) -> bytes:
    written = {key: value if isinstance(value, str) else json.dumps(value) for key, value in texts.items()}
    return pictures.png(texts=written)


def _commented(form: str, text: object, encoding: str = "utf-16-be", **tags: Any) -> bytes:
    written = text if isinstance(text, str) else json.dumps(text)
    return containers.file(form, exif=containers.exif(tags.get("main"), {
        containers.USER_COMMENT: user_comment(written, encoding), **tags.get("part", {})}))  # fmt: skip


def _invokeai() -> list[Sample]:
    loras: dict[str, Any] = SIZED | {"scheduler": "dpmpp_2m_k", "cfg_scale": 6.0}
    return [
        Sample("InvokeAI 6, PNG", _png({"invokeai_metadata": INVOKEAI}), "InvokeAI", params=loras),
        Sample("InvokeAI 3, PNG", _png({"invokeai_metadata": INVOKEAI_3}), "InvokeAI", params=loras),
        Sample("InvokeAI 2, PNG", _png({"sd-metadata": INVOKEAI_2, "Dream": DREAM}), "InvokeAI", params=SIZED),
        Sample("InvokeAI 2, command", _png({"Dream": DREAM}), "InvokeAI", model="", params=SIZED),
    ]


def _a1111() -> list[Sample]:
    params = SIZED | {
        "cfg_scale": 7, "sampler": "DPM++ 2M", "scheduler": "Karras", "strength": 0.4,
        "model": {"name": "m", "hash": "0a1b2c3d4e"},
        "loras": [{"name": "style", "hash": "12ab34cd56ef", "weight": 0.8}],
    }  # fmt: skip
    words: dict[str, Any] = {
        "prompt": f"{LORA_PROMPT}\nsecond line",
        "negative": f"{NEGATIVE}\nmore negative",
        "params": params,
    }
    plain = containers.exif(part={containers.USER_COMMENT: b"ASCII\0\0\0" + A1111.encode()})
    bare = containers.exif(part={containers.USER_COMMENT: A1111.encode()})
    return [
        Sample("A1111, PNG", _png({"parameters": A1111}), "AUTOMATIC1111", **words),
        Sample("Forge, PNG", _png({"parameters": FORGE}), "Forge", **words),
        Sample("A1111, JPEG", _commented("JPEG", A1111), "AUTOMATIC1111", **words),
        Sample("A1111, WebP, other byte order", _commented("WEBP", A1111, "utf-16-le"), "AUTOMATIC1111", **words),
        Sample("A1111, AVIF", _commented("AVIF", A1111), "AUTOMATIC1111", **words),
        Sample("A1111, JPEG, ASCII", containers.file("JPEG", exif=plain), "AUTOMATIC1111", **words),
        Sample("A1111, JPEG, bare", containers.file("JPEG", exif=bare), "AUTOMATIC1111", **words),
        Sample("A1111, GIF", containers.file("GIF", comment=A1111.encode()), "AUTOMATIC1111", **words),
        Sample("Civitai, PNG", _png({"parameters": CIVITAI}), "Civitai", params=SIZED | {"loras": STYLE}),
    ]


def _comfyui() -> list[Sample]:
    params = SIZED | {"cfg_scale": 7.0, "sampler": "euler", "scheduler": "normal"}
    run = json.dumps(COMFYUI).replace('"denoise": 1.0', '"denoise": NaN')
    graphs = {containers.MODEL: f"prompt:{run}", containers.MAKE: f"workflow:{json.dumps(EDITOR)}"}
    return [
        Sample("ComfyUI, PNG", _png({"prompt": COMFYUI, "workflow": EDITOR}), "ComfyUI", params=params),
        Sample("ComfyUI, run only", _png({"prompt": run}), "ComfyUI", params=params),
        Sample("ComfyUI, editor only", _png({"workflow": EDITOR}), "ComfyUI", params=params),
        Sample("ComfyUI, WebP", containers.file("WEBP", exif=containers.exif(graphs)), "ComfyUI", params=params),
    ]


def _fooocus() -> list[Sample]:
    params = SIZED | {
        "cfg_scale": 4.0, "sampler": "dpmpp_2m_sde_gpu", "model": {"name": "m", "hash": "aeb7e9e689"},
        "loras": [{"name": "style", "hash": "4852686128", "weight": 0.8}],
    }  # fmt: skip
    text: dict[str, Any] = {"prompt": f"{LORA_PROMPT}\nsecond line", "negative": f"{NEGATIVE}\nmore negative"}
    signed: dict[str, Any] = {
        "main": {containers.SOFTWARE: "Fooocus v2.5.5"},
        "part": {containers.MAKER_NOTE: b"fooocus"},
    }
    scheme = {"fooocus_scheme": "fooocus", "parameters": FOOOCUS}
    return [
        Sample("Fooocus, PNG", _png(scheme), "Fooocus", params=params),
        Sample(
            "Fooocus, PNG, text", _png(scheme | {"fooocus_scheme": "a1111", "parameters": A1111}), "Fooocus", **text
        ),
        Sample("Fooocus, JPEG", _commented("JPEG", FOOOCUS, **signed), "Fooocus", params=params),
    ]


def _swarmui() -> list[Sample]:
    params = SIZED | {"cfg_scale": 7.0, "model": {"name": "m", "file": "dir/m", "hash": "d7a9"}, "loras": STYLE}
    old = containers.exif({containers.MODEL: json.dumps(SWARMUI)})
    return [
        Sample("SwarmUI, PNG", _png({"parameters": SWARMUI}), "SwarmUI", params=params),
        Sample("SwarmUI, JPEG", _commented("JPEG", SWARMUI), "SwarmUI", params=params),
        Sample("SwarmUI, older JPEG", containers.file("JPEG", exif=old), "SwarmUI", params=params),
    ]


def _others() -> list[Sample]:
    name = "NovelAI Diffusion V4"
    packet = containers.xmp(
        containers.listed("exif:UserComment", [json.dumps(DRAW_THINGS)], "Alt"), 'xmp:CreatorTool="Draw Things"'
    )
    with_style = SIZED | {"loras": [{"name": "style", "file": "style.ckpt", "weight": 0.8}]}
    midjourney: dict[str, Any] = {"model": "Midjourney 6.1", "params": {"seed": 42}}
    described = containers.file("JPEG", exif=containers.exif({containers.IMAGE_DESCRIPTION: MIDJOURNEY.encode()}))
    return [
        Sample("NovelAI, PNG", _png(NOVELAI), "NovelAI", model=name, params=SIZED | {"sampler": "k_euler"}),
        Sample("NovelAI, WebP", _commented("WEBP", NOVELAI), "NovelAI", model=name, params=SIZED),
        Sample("Midjourney, PNG", _png({"Description": MIDJOURNEY}), "Midjourney", **midjourney),
        Sample("Midjourney, JPEG", described, "Midjourney", **midjourney),
        Sample("Draw Things, JPEG", containers.file("JPEG", xmp=packet), "Draw Things", params=with_style),
        Sample("Draw Things, PNG", _png({"XML:com.adobe.xmp": packet.decode()}), "Draw Things", params=with_style),
        Sample("Easy Diffusion, PNG", _png(EASY_DIFFUSION), "Easy Diffusion", params=SIZED | {"loras": STYLE}),
        Sample("Easy Diffusion, JPEG", _commented("JPEG", EASY_DIFFUSION), "Easy Diffusion", params=SIZED),
    ]


def _stealthy() -> list[Sample]:
    hidden = gzip.compress(json.dumps(NOVELAI).encode())
    told: dict[str, Any] = {"model": "NovelAI Diffusion V4", "params": SIZED}
    return [
        Sample("NovelAI, hidden", stealthy(hidden), "NovelAI", **told),
        Sample("Hidden in the colours", stealthy(hidden, b"stealth_rgbcomp"), "NovelAI", **told),
    ]


def _credentials() -> list[Sample]:
    nothing: dict[str, Any] = {"prompt": "", "negative": "", "model": ""}
    uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    packet = containers.xmp(attributes=f'Iptc4xmpExt:DigitalSourceType="{uri}"')
    manifest = b"JP\0\1jumb c2pa OpenAI-API digitalSourceType " + uri.encode()
    return [
        Sample("IPTC source type, JPEG", containers.file("JPEG", xmp=packet), "AI", **nothing),
        Sample("C2PA, JPEG", containers.jpeg_with_segment(0xEB, manifest), "OpenAI", **nothing),
        Sample("C2PA, PNG", pictures.with_chunk(pictures.png(), b"caBX", manifest), "OpenAI", **nothing),
    ]


def stealthy(content: bytes, mark: bytes = b"stealth_pngcomp") -> bytes:
    """Return a PNG with bytes in the lowest bits of its alpha channel, or of its colours, down the columns."""
    packed = mark + (len(content) * 8).to_bytes(4, "big") + content
    bits = [byte >> shift & 1 for byte in packed for shift in range(7, -1, -1)]
    picture = pictures.image(64, 128)
    if b"_png" in mark:
        picture.putalpha(255)
    channels = range(3) if b"_rgb" in mark else [3]
    for number in range(0, len(bits), len(channels)):
        place = divmod(number // len(channels), picture.height)
        pixel = list(picture.getpixel(place))
        for channel, bit in zip(channels, bits[number : number + len(channels)], strict=False):
            pixel[channel] = pixel[channel] & 0xFE | bit
        picture.putpixel(place, tuple(pixel))
    return pictures.save(picture, "PNG")
