"""Skies: light, clouds, stars."""

from PIL import Image, ImageDraw

from demo.painting.canvas import Canvas
from demo.painting.colours import mix
from demo.painting.textures import Point, blurred, clouds, curve, disc, glow, gradient, grey, shine, step, tint


def sky(canvas: Canvas, horizon: float) -> tuple[Image.Image, Point]:
    """Paint a sky down to the horizon; returns it with the place of sun or moon."""
    chance, palette = canvas.chance, canvas.palette
    picture = canvas.plain(palette.haze)
    upper = canvas.size[0], max(1, round(canvas.size[1] * horizon))
    picture.paste(gradient(upper, palette.sky))
    sun = chance.uniform(0.18, 0.82), horizon * chance.uniform(0.42, 0.86)
    if palette.is_dark:
        picture = stars(canvas, picture, horizon)
        sun = sun[0], horizon * chance.uniform(0.2, 0.5)
    picture = _lit(canvas, picture, sun)
    return cloudy(canvas, picture), sun


def _lit(canvas: Canvas, picture: Image.Image, sun: Point) -> Image.Image:
    palette, radius = canvas.palette, canvas.chance.uniform(0.035, 0.075)
    picture = shine(picture, palette.light, glow(canvas.size, sun, 1.0), 0.38)
    picture = shine(picture, palette.light, glow(canvas.size, sun, 0.32, 1.4), 0.55)
    return tint(picture, mix(palette.light, (255, 255, 255), 0.35), disc(canvas.size, sun, radius), 0.96)


def cloudy(canvas: Canvas, picture: Image.Image) -> Image.Image:
    """Draw veils of cloud."""
    chance, palette = canvas.chance, canvas.palette
    shades = grey(clouds(chance, (2, 7), canvas.size, 5, 0.55))
    start = chance.uniform(0.5, 0.66)
    mask = curve(shades, lambda value: step(start, start + 0.3)(value) * 0.62)
    veil = mix(palette.haze, palette.light, 0.45) if not palette.is_dark else mix(palette.haze, palette.sky[1], 0.4)
    lit = tint(picture, veil, mask)
    under = curve(shades, lambda value: step(start + 0.2, start + 0.42)(value) * 0.25)
    return tint(lit, mix(palette.sky[1], palette.accents[0], 0.35), under)


def stars(canvas: Canvas, picture: Image.Image, horizon: float, count: int = 420) -> Image.Image:
    """Strew stars of all magnitudes."""
    layer = Image.new("L", (canvas.size[0] * 2, canvas.size[1] * 2))
    draw, unit = ImageDraw.Draw(layer), min(canvas.size) / 512
    for _ in range(count):
        x, y = canvas.chance.random() * layer.width, canvas.chance.random() ** 1.3 * horizon * layer.height
        magnitude = canvas.chance.random() ** 5
        radius = (0.7 + 2.0 * magnitude) * unit
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=round(70 + 185 * magnitude))
    points = layer.reduce(2)
    picture = shine(picture, (226, 236, 255), blurred(points, 0.004), 0.7)
    return shine(picture, (255, 252, 244), points)
