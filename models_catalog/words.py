"""What people call InvokeAI's words. They are open sets: an unknown one is shown as it is."""

TYPES = {
    "main": "Models",
    "vae": "VAEs",
    "lora": "LoRAs",
    "control_lora": "Control LoRAs",
    "controlnet": "ControlNets",
    "embedding": "Embeddings",
    "ip_adapter": "IP adapters",
    "t2i_adapter": "T2I adapters",
    "clip_vision": "CLIP vision",
    "clip_embed": "CLIP encoders",
    "t5_encoder": "T5 encoders",
    "qwen3_encoder": "Qwen3 encoders",
    "qwen_vl_encoder": "Qwen-VL encoders",
    "qwen3_vl_encoder": "Qwen3-VL encoders",
    "mistral_encoder": "Mistral encoders",
    "wan_t5_encoder": "UMT5 encoders",
    "spandrel_image_to_image": "Upscalers",
    "onnx": "ONNX",
}
BASES = {
    "any": "any base",
    "sd-1": "SD 1",
    "sd-2": "SD 2",
    "sd-3": "SD 3",
    "sdxl": "SDXL",
    "sdxl-refiner": "SDXL refiner",
    "flux": "FLUX",
    "flux2": "FLUX.2",
    "cogview4": "CogView4",
    "z-image": "Z-Image",
    "qwen-image": "Qwen-Image",
    "anima": "Anima",
    "krea-2": "Krea 2",
    "ernie-image": "ERNIE-Image",
    "ideogram-4": "Ideogram 4",
    "wan": "Wan",
}
_ORDER = list(TYPES)


def type_label(word: str) -> str:
    """Return a heading for a type of model."""
    return TYPES.get(word, word.replace("_", " ").capitalize() or "Unknown")


def base_label(word: str) -> str:
    """Return a name for a base."""
    return BASES.get(word, word or "unknown base")


def place(word: str) -> tuple[int, str]:
    """Return where a type stands in a list: what makes pictures first, the unknown last."""
    return (_ORDER.index(word) if word in _ORDER else len(_ORDER), word)
