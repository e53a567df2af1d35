"""How a picture grows: from nothing, from another picture, in a part of one, or beyond its edges.

Each family brings what turns latents into pictures and back; the rest is the same for all, and as InvokeAI's own page
does it: a picture is brought to the size the model works at, and what may not change is laid over the result, so that
it stays exact to the pixel.
"""

from dataclasses import dataclass, field
from typing import Any

from generation.choices import Mode
from generation.graphs.building import OUTPUT, GraphBuilder, Uploads
from generation.recipes.recipe import Recipe, SourcePicture
from generation.recipes.shapes import Size


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a family paints with.

    Attributes:
        decoder: the node type that turns latents into a picture.
        encoder: the one that does the opposite; empty when the family grows from words only.
        vae: the output that has the VAE.
        unet: the output that has the UNet, for families that have one.
        options: further fields of both.
        reading: further fields of the encoder alone.
        fills: whether the model was taught to fill holes in its own way (FLUX Fill).
        exponent: by which strength is bent where most of the change lies near 1.
        latents: the output that has the finished latents.
    """

    decoder: str
    encoder: str
    vae: str
    unet: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    reading: dict[str, Any] = field(default_factory=dict)
    fills: bool = False
    exponent: float = 1
    latents: str = "denoise.latents"


def denoising_start(recipe: Recipe, workshop: Workshop) -> float:
    """Return how much of the way is skipped: what strength leaves of the picture."""
    if recipe.mode == Mode.TXT2IMG or workshop.fills:
        return 0
    changed: float = recipe.strength**workshop.exponent
    return round(1 - changed, 6)


def add_picture(builder: GraphBuilder, recipe: Recipe, uploads: Uploads, workshop: Workshop) -> None:
    """Add everything around the node ``denoise``: what it begins with and what becomes of it, up to the output."""
    if recipe.mode in {Mode.INPAINT, Mode.OUTPAINT}:
        _add_part(builder, recipe, uploads, workshop)
        return
    _add_decoder(builder, OUTPUT, workshop)
    if recipe.mode == Mode.IMG2IMG:
        _add_encoder(builder, workshop)
        _add_fitted(builder, recipe, uploads.source, "encode.image")


def _add_decoder(builder: GraphBuilder, name: str, workshop: Workshop) -> None:
    builder.add(name, workshop.decoder, **workshop.options)
    builder.join(workshop.latents, f"{name}.latents")
    builder.join(workshop.vae, f"{name}.vae")


def _add_encoder(builder: GraphBuilder, workshop: Workshop) -> None:
    builder.add("encode", workshop.encoder, **workshop.options, **workshop.reading)
    builder.join(workshop.vae, "encode.vae")
    builder.join("encode.latents", "denoise.latents")


def _add_fitted(builder: GraphBuilder, recipe: Recipe, name: str, *destinations: str) -> None:
    """Lead a picture on, cut to the shape that is wanted and brought to its size."""
    assert recipe.source
    size, wanted = Size(recipe.source.width, recipe.source.height), Size(recipe.width, recipe.height)
    builder.add("source", "image", image={"image_name": name})
    last = "source"
    if (cut := _cut(recipe.source, wanted)) != size:
        left, top = (size.width - cut.width) // 2, (size.height - cut.height) // 2
        builder.add("cut", "img_crop", x=left, y=top, width=cut.width, height=cut.height)
        builder.join("source.image", "cut.image")
        last = "cut"
    if cut != wanted:
        builder.add("fit", "img_resize", width=wanted.width, height=wanted.height, resample_mode="lanczos")
        builder.join(f"{last}.image", "fit.image")
        last = "fit"
    builder.join(f"{last}.image", *destinations)


def _cut(source: SourcePicture, wanted: Size) -> Size:
    """Return the largest part of a picture that has the wanted shape; a hair's breadth is not worth cutting."""
    by = min(source.width / wanted.width, source.height / wanted.height)
    width, height = round(wanted.width * by), round(wanted.height * by)
    is_near = source.width - width <= source.width * 0.02 and source.height - height <= source.height * 0.02
    return Size(source.width, source.height) if is_near else Size(width, height)


def _add_part(builder: GraphBuilder, recipe: Recipe, uploads: Uploads, workshop: Workshop) -> None:
    """Paint a part anew, and lay the rest over it as it was."""
    size = _add_ground(builder, recipe, uploads)
    work = Size(recipe.width, recipe.height)
    image = _scaled(builder, "work", "start.image", size, work)
    mask = _scaled(builder, "work_mask", "hole.image", size, work)
    if recipe.mode == Mode.OUTPAINT:
        builder.add("infill", "infill_cv2")
        builder.join(image, "infill.image")
        image = "infill.image"
    if workshop.fills:
        _add_filling(builder, image, mask)
    else:
        _add_encoder(builder, workshop)
        builder.join(image, "encode.image")
        _add_denoise_mask(builder, recipe, image, mask, workshop)
    _add_decoder(builder, "decode", workshop)
    _add_paste(builder, recipe, _scaled(builder, "result", "decode.image", work, size))


def _add_ground(builder: GraphBuilder, recipe: Recipe, uploads: Uploads) -> Size:
    """Add ``start``, the picture to work on, ``hole``, its mask, and ``ground``, what the result is laid on."""
    assert recipe.source
    builder.add("ground", "image", image={"image_name": uploads.source})
    if recipe.mode == Mode.INPAINT:
        builder.add("start", "image", image={"image_name": uploads.source})
        builder.add("hole", "image", image={"image_name": uploads.mask})
        return Size(recipe.source.width, recipe.source.height)
    around = recipe.margins
    builder.add("source", "image", image={"image_name": uploads.source})
    builder.add("start", "img_pad_crop", left=around.left, right=around.right, top=around.top, bottom=around.bottom)
    builder.join("source.image", "start.image")
    builder.add("hole", "tomask")
    builder.join("start.image", "hole.image")
    builder.add("ground", "infill_rgba", color={"r": 127, "g": 127, "b": 127, "a": 255})
    builder.join("start.image", "ground.image")
    width = recipe.source.width + around.left + around.right
    return Size(width, recipe.source.height + around.top + around.bottom)


def _scaled(builder: GraphBuilder, name: str, output: str, size: Size, wanted: Size) -> str:
    """Return the output that has a picture at the wanted size."""
    if size == wanted:
        return output
    builder.add(name, "img_resize", width=wanted.width, height=wanted.height, resample_mode="bicubic")
    builder.join(output, f"{name}.image")
    return f"{name}.image"


def _add_denoise_mask(builder: GraphBuilder, recipe: Recipe, image: str, mask: str, workshop: Workshop) -> None:
    builder.add(
        "part",
        "create_gradient_mask",
        coherence_mode=recipe.coherence_mode,
        edge_radius=recipe.coherence_edge,
        minimum_denoise=recipe.coherence_min_denoise,
        fp32=bool(workshop.options.get("fp32")),
    )
    builder.join(image, "part.image")
    builder.join(mask, "part.mask")
    builder.join(workshop.vae, "part.vae")
    if workshop.unet:
        builder.join(workshop.unet, "part.unet")
    builder.join("part.denoise_mask", "denoise.denoise_mask")


def _add_filling(builder: GraphBuilder, image: str, mask: str) -> None:
    builder.add("hole_tensor", "image_mask_to_tensor")
    builder.join(mask, "hole_tensor.image")
    builder.add("fill", "flux_fill")
    builder.join(image, "fill.image")
    builder.join("hole_tensor.mask", "fill.mask")
    builder.join("fill.fill_cond", "denoise.fill_conditioning")


def _add_paste(builder: GraphBuilder, recipe: Recipe, result: str) -> None:
    """Lay the result on the ground, through the mask as it was painted and not as it was widened for the model.

    Nothing changes that is further from the mask than its blur is wide.
    """
    builder.add("edge", "expand_mask_with_fade", fade_size_px=recipe.mask_blur, threshold=254)
    builder.join("hole.image", "edge.mask")
    builder.add(OUTPUT, "invokeai_img_blend")
    builder.join("ground.image", f"{OUTPUT}.layer_base")
    builder.join(result, f"{OUTPUT}.layer_upper")
    builder.join("edge.image", f"{OUTPUT}.mask")
