"""What InvokeAI calls the nodes of each family, and which of their ends belong together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generation.recipes.recipe import ModelChoice


@dataclass(frozen=True, slots=True)
class Family:
    """One family's nodes.

    Attributes:
        texts: the loader's outputs for text encoders, and which input of the encoding node each belongs to.
        encoder: from picture to latents; empty when it grows from words only.
        positive: the input of the denoiser for the words.
        negative: for the words to keep away from; empty when it knows none.
        always_negative: whether the denoiser must have them.
        steps: what the denoiser calls its steps.
        scale: what it calls the CFG scale; empty when it has none.
        is_given_vae: whether the denoiser wants the VAE.
        lora_texts: which of ``texts`` a LoRA changes.
        lender: the loader's field for a whole model that lends its companions.
        names_itself: whether a complete model must be named there too.
        captioner: the node type that puts plain words into the form the text encoder wants; empty when it wants none.
        blank: what stands for no negative words.
        facts: what the metadata calls a companion, where it is not its slot.
        exponent: by which InvokeAI's page bends strength.
    """

    loader: str
    text_encoder: str
    denoiser: str
    decoder: str
    encoder: str
    texts: Mapping[str, str]
    positive: str = "positive_conditioning"
    negative: str = "negative_conditioning"
    always_negative: bool = False
    steps: str = "steps"
    scale: str = "cfg_scale"
    is_given_vae: bool = False
    lora_loader: str = ""
    lora_texts: tuple[str, ...] = ()
    lender: str = ""
    names_itself: bool = False
    captioner: str = ""
    blank: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    loader_options: Mapping[str, object] = field(default_factory=dict)
    exponent: float = 1

    def field(self, slot: str) -> str:
        """Return the loader's field for a companion."""
        return self.lender if slot == "source" else f"{slot}_model"

    def fact(self, slot: str) -> str:
        """Return what the metadata calls a companion."""
        return self.facts.get(slot, slot)


FLUX = Family(
    loader="flux_model_loader",
    text_encoder="flux_text_encoder",
    denoiser="flux_denoise",
    decoder="flux_vae_decode",
    encoder="flux_vae_encode",
    texts={"clip": "clip", "t5_encoder": "t5_encoder", "max_seq_len": "t5_max_seq_len"},
    positive="positive_text_conditioning",
    negative="",
    steps="num_steps",
    scale="",
    lora_loader="flux_lora_collection_loader",
    lora_texts=("clip", "t5_encoder"),
    facts={"clip_embed": "clip_embed_model"},
    exponent=0.2,
)
KLEIN = Family(
    loader="flux2_klein_model_loader",
    text_encoder="flux2_klein_text_encoder",
    denoiser="flux2_denoise",
    decoder="flux2_vae_decode",
    encoder="flux2_vae_encode",
    texts={"qwen3_encoder": "qwen3_encoder", "max_seq_len": "max_seq_len"},
    positive="positive_text_conditioning",
    negative="",
    steps="num_steps",
    scale="",
    is_given_vae=True,
    lora_loader="flux2_klein_lora_collection_loader",
    lora_texts=("qwen3_encoder",),
    lender="qwen3_source_model",
    exponent=0.2,
)
FLUX2_DEV = replace(
    KLEIN,
    loader="flux2_dev_model_loader",
    text_encoder="flux2_dev_text_encoder",
    texts={"mistral_encoder": "mistral_encoder", "max_seq_len": "max_seq_len"},
    lora_loader="flux2_dev_lora_collection_loader",
    lora_texts=("mistral_encoder",),
    lender="mistral_source_model",
)
FAMILIES = {
    "flux": FLUX,
    "flux2": KLEIN,
    "sd-3": Family(
        loader="sd3_model_loader",
        text_encoder="sd3_text_encoder",
        denoiser="sd3_denoise",
        decoder="sd3_l2i",
        encoder="sd3_i2l",
        texts={"clip_l": "clip_l", "clip_g": "clip_g", "t5_encoder": "t5_encoder"},
        always_negative=True,
        exponent=0.2,
    ),
    "cogview4": Family(
        loader="cogview4_model_loader",
        text_encoder="cogview4_text_encoder",
        denoiser="cogview4_denoise",
        decoder="cogview4_l2i",
        encoder="cogview4_i2l",
        texts={"glm_encoder": "glm_encoder"},
        always_negative=True,
    ),
    "z-image": Family(
        loader="z_image_model_loader",
        text_encoder="z_image_text_encoder",
        denoiser="z_image_denoise",
        decoder="z_image_l2i",
        encoder="z_image_i2l",
        texts={"qwen3_encoder": "qwen3_encoder"},
        scale="guidance_scale",
        is_given_vae=True,
        lora_loader="z_image_lora_collection_loader",
        lora_texts=("qwen3_encoder",),
        lender="qwen3_source_model",
        names_itself=True,
    ),
    "qwen-image": Family(
        loader="qwen_image_model_loader",
        text_encoder="qwen_image_text_encoder",
        denoiser="qwen_image_denoise",
        decoder="qwen_image_l2i",
        encoder="qwen_image_i2l",
        texts={"qwen_vl_encoder": "qwen_vl_encoder"},
        blank=" ",
        lora_loader="qwen_image_lora_collection_loader",
        lender="component_source",
        facts={
            "vae": "qwen_image_vae",
            "qwen_vl_encoder": "qwen_image_qwen_vl_encoder",
            "source": "qwen_image_component_source",
        },
    ),
    "anima": Family(
        loader="anima_model_loader",
        text_encoder="anima_text_encoder",
        denoiser="anima_denoise",
        decoder="anima_l2i",
        encoder="anima_i2l",
        texts={"qwen3_encoder": "qwen3_encoder"},
        scale="guidance_scale",
        lora_loader="anima_lora_collection_loader",
        lora_texts=("qwen3_encoder",),
    ),
    "krea-2": Family(
        loader="krea2_model_loader",
        text_encoder="krea2_text_encoder",
        denoiser="krea2_denoise",
        decoder="qwen_image_l2i",
        encoder="qwen_image_i2l",
        texts={"qwen3_vl_encoder": "qwen3_vl_encoder"},
        lora_loader="krea2_lora_collection_loader",
        lora_texts=("qwen3_vl_encoder",),
    ),
    "ernie-image": Family(
        loader="ernie_image_model_loader",
        text_encoder="ernie_image_text_encoder",
        denoiser="ernie_image_denoise",
        decoder="ernie_image_vae_decode",
        encoder="",
        texts={"text_encoder": "text_encoder"},
        scale="guidance_scale",
        loader_options={"use_prompt_enhancer": False},
    ),
    "ideogram-4": Family(
        loader="ideogram4_model_loader",
        text_encoder="ideogram4_text_encoder",
        denoiser="ideogram4_denoise",
        decoder="ideogram4_l2i",
        encoder="",
        texts={"qwen3_encoder": "qwen3_encoder"},
        negative="",
        scale="guidance_scale",
        captioner="ideogram4_caption_builder",
    ),
    "wan": Family(
        loader="wan_model_loader",
        text_encoder="wan_text_encoder",
        denoiser="wan_denoise",
        decoder="wan_l2i",
        encoder="wan_i2l",
        texts={"wan_t5_encoder": "wan_t5_encoder"},
        scale="guidance_scale",
        blank=" ",
        lora_loader="wan_lora_collection_loader",
        lender="component_source",
        facts={"vae": "wan_vae_model", "wan_t5_encoder": "wan_t5_encoder_model", "source": "wan_component_source"},
    ),
}


def family_of(model: ModelChoice) -> Family:
    """Return a model's family.

    Raises:
        KeyError: it has no graphs.
    """
    return FLUX2_DEV if (model.base, model.variant) == ("flux2", "dev") else FAMILIES[model.base]


def blank_of(model: ModelChoice) -> str:
    """Return what stands for no negative words; some encoders choke on nothing at all."""
    return family_of(model).blank if model.base in FAMILIES else ""
