"""Graphs for FLUX and the families after it: a transformer, text encoders of its own, and noise made inside."""

from generation.graphs.building import (
    NEGATIVE,
    PROMPT,
    SEED,
    Graph,
    GraphBuilder,
    Uploads,
    add_loras,
    add_metadata,
    add_words,
)
from generation.graphs.families import Family, family_of
from generation.graphs.growing import Workshop, add_picture, denoising_start
from generation.recipes.bases import offers_of
from generation.recipes.recipe import Recipe


def build(recipe: Recipe, uploads: Uploads, job: str) -> Graph:
    """Return the graph of one picture."""
    family, builder = family_of(recipe.model), GraphBuilder()
    _add_models(builder, recipe, family)
    add_words(builder, recipe, blank=family.blank)
    outputs = {name: f"model.{name}" for name in ("transformer", *family.texts)}
    if recipe.loras:
        add_loras(builder, recipe, family.lora_loader)
        for name in ("transformer", *family.lora_texts):
            builder.join(outputs[name], f"lora.{name}")
            outputs[name] = f"lora.{name}"
    _add_painting(builder, recipe, uploads, family, outputs)
    add_metadata(builder, recipe, uploads, job, **_facts(recipe, family))
    return builder.graph()


def _add_models(builder: GraphBuilder, recipe: Recipe, family: Family) -> None:
    companions = {family.field(slot): model.as_json() for slot, model in recipe.companions.items()}
    if family.names_itself and recipe.model.format == "diffusers":
        companions.setdefault(family.lender, recipe.model.as_json())
    builder.add("model", family.loader, model=recipe.model.as_json(), **companions, **family.loader_options)


def _add_painting(
    builder: GraphBuilder, recipe: Recipe, uploads: Uploads, family: Family, outputs: dict[str, str]
) -> None:
    workshop = Workshop(
        decoder=family.decoder,
        encoder=family.encoder,
        vae="model.vae",
        fills=recipe.model.variant == "dev_fill",
        exponent=family.exponent,
    )
    size = {"width": recipe.width, "height": recipe.height}
    start = {"denoising_start": denoising_start(recipe, workshop), "denoising_end": 1} if family.encoder else {}
    builder.add("denoise", family.denoiser, **_settings(recipe, family), **size, **start)
    _add_conditioning(builder, family, "pos", PROMPT, family.positive, outputs)
    if _is_pulled(recipe, family):
        _add_conditioning(builder, family, "neg", NEGATIVE, family.negative, outputs)
    builder.join(f"{SEED}.value", "denoise.seed")
    builder.join(outputs["transformer"], "denoise.transformer")
    if family.is_given_vae:
        builder.join("model.vae", "denoise.vae")
    add_picture(builder, recipe, uploads, workshop)


def _add_conditioning(
    builder: GraphBuilder, family: Family, name: str, words: str, destination: str, outputs: dict[str, str]
) -> None:
    builder.add(name, family.text_encoder)
    for output, inlet in family.texts.items():
        builder.join(outputs[output], f"{name}.{inlet}")
    if family.captioner:
        builder.add("caption", family.captioner)
        builder.join(f"{words}.value", "caption.prompt")
        words = "caption"
    builder.join(f"{words}.value", f"{name}.prompt")
    builder.join(f"{name}.conditioning", f"denoise.{destination}")


def _is_pulled(recipe: Recipe, family: Family) -> bool:
    """Tell whether the negative words have an effect: at a scale of 1 they would only cost time."""
    return bool(family.negative) and (family.always_negative or recipe.cfg_scale > 1)


def _settings(recipe: Recipe, family: Family) -> dict[str, object]:
    """Return the numbers under the names the family's node has for them."""
    offers = offers_of(recipe.model.base, recipe.model.variant)
    assert offers
    settings: dict[str, object] = {family.steps: recipe.steps}
    if offers.cfg_scale and family.scale:
        settings[family.scale] = recipe.cfg_scale
    if offers.guidance:
        settings["guidance"] = offers.guidance.default if recipe.guidance is None else recipe.guidance
    if offers.schedulers:
        settings["scheduler"] = recipe.scheduler
    return settings


def _facts(recipe: Recipe, family: Family) -> dict[str, object]:
    settings = _settings(recipe, family)
    told: dict[str, object] = {name: settings[name] for name in ("guidance", "scheduler") if name in settings}
    scale: dict[str, object] = {"cfg_scale": recipe.cfg_scale} if family.scale in settings else {}
    companions: dict[str, object] = {family.fact(slot): model.as_json() for slot, model in recipe.companions.items()}
    return {**told, **scale, **companions}
