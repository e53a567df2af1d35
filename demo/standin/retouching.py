"""The nodes that change pictures: sizes, edges, masks and layers."""

import uuid
from collections.abc import Awaitable, Callable

from PIL import Image, ImageChops, ImageFilter

from demo.standin.errors import Json
from demo.standin.workbench import Workbench

Action = Callable[[Workbench, Json], Awaitable[Json]]


async def resize(bench: Workbench, node: Json) -> Json:
    """Save the input picture in another size."""
    picture = bench.open_image(node["image"])
    return await bench.save_image(node, picture.resize((node["width"], node["height"]), Image.Resampling.BICUBIC))


async def upscale(bench: Workbench, node: Json) -> Json:
    """Save the input picture larger."""
    picture = bench.open_image(node["image"]).convert("RGB")
    factor = node.get("scale") or (2 if "x2" in str(node.get("model_name")) else 4)
    size = round(picture.width * factor), round(picture.height * factor)
    return await bench.save_image(node, picture.resize(size, Image.Resampling.LANCZOS))


async def blank(bench: Workbench, node: Json) -> Json:
    """Save a picture of one colour."""
    colour = tuple(node["color"][part] for part in ("r", "g", "b", "a"))
    size = node["width"], node["height"]
    return await bench.save_image(node, Image.new("RGBA", size, colour).convert(node["mode"]))


async def denoise_mask(bench: Workbench, node: Json) -> Json:
    """Remember which part of the picture is painted anew; a gradient mask reaches beyond it, ever weaker."""
    name = f"Tensor_{uuid.uuid4()}"
    picture = bench.open_image(node.get("mask"))
    bench.masks[name] = picture
    mask = {"mask_name": name, "masked_latents_name": None, "gradient": False}
    if node["type"] == "create_denoise_mask":
        return {"denoise_mask": mask}
    if node["edge_radius"]:
        bench.masks[name] = _faded(picture.convert("L"), 2 * node["edge_radius"])
    saved = await bench.save_image({**node, "is_intermediate": True}, picture.convert("L"))
    return {"denoise_mask": {**mask, "gradient": True}, "expanded_mask_area": saved["image"]}


async def mask_from_transparency(bench: Workbench, node: Json) -> Json:
    """Save the picture's transparency as a mask: transparent is black."""
    alpha = bench.open_image(node["image"]).convert("RGBA").getchannel("A")
    mask = alpha.point(lambda value: 255 - value) if node["invert"] else alpha
    return await bench.save_image(node, mask)


async def blend_layers(bench: Workbench, node: Json) -> Json:
    """Lay one picture over another through a mask."""
    base = bench.open_image(node["layer_base"]).convert("RGB")
    upper = bench.open_image(node["layer_upper"]).convert("RGB").resize(base.size)
    if node.get("mask") is None:
        return await bench.save_image(node, upper)
    keep = bench.open_image(node["mask"]).convert("L").resize(base.size)
    return await bench.save_image(node, Image.composite(base, upper, keep))


async def crop(bench: Workbench, node: Json) -> Json:
    """Save a part of the picture; what lies outside it is transparent."""
    picture = bench.open_image(node["image"]).convert("RGBA")
    left, top = node["x"], node["y"]
    return await bench.save_image(node, picture.crop((left, top, left + node["width"], top + node["height"])))


async def pad(bench: Workbench, node: Json) -> Json:
    """Save the picture with transparent margins, or cut where a margin is negative."""
    picture = bench.open_image(node["image"]).convert("RGBA")
    box = (-node["left"], -node["top"], picture.width + node["right"], picture.height + node["bottom"])
    return await bench.save_image(node, picture.crop(box))


async def infill_with_colour(bench: Workbench, node: Json) -> Json:
    """Put one colour where the picture is transparent."""
    ground = Image.new("RGB", (1, 1), tuple(node["color"][part] for part in ("r", "g", "b")))
    return await _filled(bench, node, lambda picture: ground.resize(picture.size))


async def infill(bench: Workbench, node: Json) -> Json:
    """Put what lies around it, much blurred, where the picture is transparent."""
    return await _filled(bench, node, _spread)


async def _filled(bench: Workbench, node: Json, ground_for: Callable[[Image.Image], Image.Image]) -> Json:
    picture = bench.open_image(node["image"]).convert("RGBA")
    whole = picture.getchannel("A").point(lambda value: 255 if value else 0)
    return await bench.save_image(node, Image.composite(picture.convert("RGB"), ground_for(picture), whole))


def _spread(picture: Image.Image) -> Image.Image:
    """Stretch the opaque part over the whole, and blur it."""
    box = picture.getchannel("A").getbbox() or (0, 0, *picture.size)
    stretched = picture.convert("RGB").crop(box).resize(picture.size)
    return stretched.filter(ImageFilter.GaussianBlur(max(picture.size) / 24))


async def fade(bench: Workbench, node: Json) -> Json:
    """Widen the black of a mask by a fade to white."""
    mask, by = bench.open_image(node["mask"]).convert("L"), node["fade_size_px"]
    if not by:
        return await bench.save_image(node, mask)
    return await bench.save_image(node, _faded(mask, by, node["threshold"]))


def _faded(mask: Image.Image, by: float, threshold: int = 254) -> Image.Image:
    hard = mask.point(lambda value: 255 if value > threshold else 0)
    reach = ImageFilter.BoxBlur(by / 2)
    wide = hard.filter(reach).point(lambda value: 255 if value == 255 else 0)
    # Blurring leaves a trace of grey in the black: the mask itself stays as dark as it was.
    return ImageChops.darker(wide.filter(reach), hard)


async def mask_tensor(bench: Workbench, node: Json) -> Json:
    """Remember a mask as FLUX Fill wants it."""
    name = f"Tensor_{uuid.uuid4()}"
    bench.masks[name] = bench.open_image(node["image"])
    return {"mask": {"tensor_name": name}, "width": bench.masks[name].width, "height": bench.masks[name].height}


async def fill(_bench: Workbench, node: Json) -> Json:
    """Give out the picture and the hole in it."""
    return {"fill_cond": {"image": node["image"], "mask": node["mask"]}}


BY_NAME: dict[str, Action] = {
    "img_resize": resize,
    "esrgan": upscale,
    "spandrel_image_to_image": upscale,
    "spandrel_image_to_image_autoscale": upscale,
    "blank_image": blank,
    "create_denoise_mask": denoise_mask,
    "create_gradient_mask": denoise_mask,
    "tomask": mask_from_transparency,
    "invokeai_img_blend": blend_layers,
    "img_crop": crop,
    "img_pad_crop": pad,
    "infill_rgba": infill_with_colour,
    "infill_cv2": infill,
    "expand_mask_with_fade": fade,
    "image_mask_to_tensor": mask_tensor,
    "flux_fill": fill,
}
