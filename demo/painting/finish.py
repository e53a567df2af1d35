"""The last touches, and painting over what is there."""

import random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from demo.painting.textures import curve

GRAIN = 0.06


def varnished(picture: Image.Image, seed: int) -> Image.Image:
    """Add grain and a little vignette, which also hides the steps of gradients."""
    chance = random.Random(seed ^ 0x5EED)
    noise = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    grain = curve(noise, lambda value: 0.5 + (value - 0.5) * GRAIN)
    picture = ImageChops.soft_light(picture, Image.merge("RGB", [grain] * 3))
    shade = Image.radial_gradient("L").resize(picture.size)
    dark = curve(shade, lambda value: max(0.0, value - 0.62) * 0.5)
    return Image.composite(Image.new("RGB", picture.size, (8, 8, 14)), picture, dark)


def vivid(picture: Image.Image, guidance: float) -> Image.Image:
    """Deepen the colours as stronger guidance does."""
    return ImageEnhance.Color(picture).enhance(min(1.6, max(0.7, 0.86 + guidance * 0.022)))


def soften(picture: Image.Image, steps: int) -> Image.Image:
    """Leave a picture of few steps a little unfinished."""
    if steps >= 16:
        return picture
    return picture.filter(ImageFilter.GaussianBlur(min(picture.size) / 512 * (16 - steps) * 0.22))


def repaint(start: Image.Image, picture: Image.Image, strength: float) -> Image.Image:
    """Turn one picture into another by degrees: first its colours change, then its forms."""
    part = min(max(strength, 0.0), 1.0)
    if part == 0:
        return start
    recoloured = _in_colours_of(start, picture)
    halfway = Image.blend(start, ImageChops.soft_light(recoloured, picture), min(1.0, part * 1.4))
    return Image.blend(halfway, picture, part**2.4)


def _in_colours_of(start: Image.Image, picture: Image.Image) -> Image.Image:
    shades = ImageOps.autocontrast(ImageOps.grayscale(start), cutoff=1)
    ordered = picture.resize((48, 48)).quantize(5).convert("RGB").getcolors(48 * 48) or []
    tones = sorted((found for _, found in ordered if isinstance(found, tuple)), key=sum)
    dark, middle, light = tones[0], tones[len(tones) // 2], tones[-1]
    return ImageOps.colorize(shades, dark, light, middle)
