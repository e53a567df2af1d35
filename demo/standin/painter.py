"""Turns sketches into pictures, and shows how they come about."""

import base64
import io
import random

from PIL import Image, ImageChops, ImageFilter

from demo.painting.atelier import paint
from demo.painting.finish import repaint, soften, vivid
from demo.standin.errors import Json
from demo.standin.sketches import Sketch

PREVIEW_SCALE = 8


def finished(sketch: Sketch) -> Image.Image:
    """Paint the picture in full."""
    return _painted(sketch, sketch.width, sketch.height)


def plain(sketch: Sketch) -> Image.Image:
    """Fill the picture with the one colour of its seed and prompt."""
    red, green, blue = random.Random(f"{sketch.seed}/{sketch.prompt}").randbytes(3)
    return Image.new("RGB", (sketch.width, sketch.height), (red, green, blue))


def small(sketch: Sketch) -> Image.Image:
    """Paint the picture as small as previews are."""
    return _painted(sketch, max(8, sketch.width // PREVIEW_SCALE), max(8, sketch.height // PREVIEW_SCALE))


def preview(picture: Image.Image, sketch: Sketch, progress: float) -> Json:
    """Return the small picture as it looks after a part of the steps: noise first, then ever clearer."""
    shown = picture
    if progress < 1:
        blurred = picture.filter(ImageFilter.GaussianBlur(max(picture.size) * 0.12 * (1 - progress)))
        shown = Image.blend(blurred, _noise(picture.size, sketch.seed), (1 - progress) ** 1.6 * 0.9)
    return {"width": sketch.width, "height": sketch.height, "dataURL": _data_url(shown)}


def _painted(sketch: Sketch, width: int, height: int) -> Image.Image:
    picture = vivid(paint(sketch.prompt, sketch.seed, width, height), sketch.guidance)
    picture = soften(picture, sketch.steps)
    if sketch.start is None:
        return picture
    start = sketch.start.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    picture = repaint(start, picture, sketch.strength)
    if sketch.mask is None:
        return picture
    kept = sketch.mask.convert("L").resize((width, height))
    return Image.composite(start, picture, kept)


def _noise(size: tuple[int, int], seed: int) -> Image.Image:
    chance = random.Random(seed)
    width, height = size
    colour = Image.frombytes("RGB", size, chance.randbytes(width * height * 3))
    return ImageChops.blend(colour, Image.new("RGB", size, (128, 124, 132)), 0.35)


def _data_url(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
