"""One spelling for what every generator spells its own way, so that a search finds all of them."""

import re

EXTENSIONS = re.compile(r"\.(safetensors|sft|ckpt|gguf|pth?|bin|onnx)$", re.IGNORECASE)
SCHEDULES = re.compile(r"_(karras|k|exponential|sgm_uniform|gpu)$")
SAMPLERS = {
    "euler_a": "euler_ancestral",
    "dpm2": "dpm_2",
    "kdpm_2": "dpm_2",
    "dpm2_a": "dpm_2_ancestral",
    "dpm_2_a": "dpm_2_ancestral",
    "kdpm_2_a": "dpm_2_ancestral",
    "dpmpp_2s_a": "dpmpp_2s_ancestral",
    "unipc": "uni_pc",
}


def model_name(written: str) -> str:
    """Return the name of a model without the folder and the ending of its file."""
    last = written.strip().replace("\\", "/").rstrip("/").rpartition("/")[2]
    return EXTENSIONS.sub("", last)


def sampler_key(written: str) -> str:
    """Return a sampler's name as ComfyUI spells it, without its schedule: “DPM++ 2M Karras” is ``dpmpp_2m``."""
    key = re.sub(r"[\s-]+", "_", written.strip().lower().replace("++", "pp"))
    key = key.removeprefix("sample_").removeprefix("k_")
    while (shorter := SCHEDULES.sub("", key)) != key:
        key = shorter
    return SAMPLERS.get(key, key)
