"""Hills, lakes, dunes, seas and woods."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from demo.painting.canvas import Canvas
from demo.painting.colours import Colour, mix
from demo.painting.skies import sky
from demo.painting.textures import (
    Point,
    below,
    blurred,
    clouds,
    curve,
    fade,
    field,
    glow,
    gradient,
    grey,
    moved_by,
    ridge,
    shape,
    shapes,
    shine,
    step,
    tint,
)


def hills(canvas: Canvas) -> Image.Image:
    """Ranges of hills, one behind the other, ever paler."""
    chance = canvas.chance
    horizon = chance.uniform(0.5, 0.66)
    picture, sun = sky(canvas, horizon)
    steep = canvas.asks_for("mountain", "mountains", "peak", "peaks", "alps", odds=0.45)
    layers = chance.randint(5, 7)
    for number in range(layers):
        depth = number / (layers - 1)
        line = ridge(chance, 2 + number % 2, 6, 0.52 if steep else 0.34)
        level = horizon - 0.03 + (1.02 - horizon) * depth**1.25 * 0.84
        height = (0.17 if steep else 0.09) * (1 - 0.45 * depth)
        picture = _range(canvas, picture, sun, below(line, level, height), depth)
        if depth >= 0.6 and canvas.asks_for("forest", "woods", "tree", "trees", "pine", odds=0.5):
            picture = _treeline(canvas, picture, line, level, height, depth)
    if canvas.asks_for("lake", "reflection", "water", "mirror", odds=0.3):
        return mirrored(canvas, picture, min(0.8, horizon + chance.uniform(0.14, 0.22)))
    return _birds(canvas, picture, horizon) if chance.random() < 0.4 else picture


def _ground(canvas: Canvas, depth: float) -> Colour:
    palette = canvas.palette
    middle = mix(palette.accents[0], palette.sky[0], 0.55)
    far = mix(palette.haze, middle, 0.35 + 0.55 * min(depth * 2, 1.0))
    return mix(far, palette.near, depth**1.15)


def _range(canvas: Canvas, picture: Image.Image, sun: Point, outline: list[Point], depth: float) -> Image.Image:
    size, palette = canvas.size, canvas.palette
    mask, colour = shape(size, outline), _ground(canvas, depth)
    top = min(y for _, y in outline)
    misty = mix(colour, palette.haze, 0.62 * (1 - depth * 0.8))
    body = canvas.plain(misty)
    tall = max(1, round(size[1] * 0.3))
    body.paste(gradient((size[0], tall), (colour, mix(colour, misty, 0.5), misty)), (0, round(top * size[1])))
    grain = curve(grey(clouds(canvas.chance, (5, 9), size, 5, 0.6)), lambda value: 0.42 + 0.2 * value)
    body = ImageChops.soft_light(body, Image.merge("RGB", [grain] * 3))
    return _rim(canvas, tint(picture, body, mask), mask, sun, 1 - depth * 0.5)


def _rim(canvas: Canvas, picture: Image.Image, mask: Image.Image, sun: Point, strength: float) -> Image.Image:
    drop = max(1, round(canvas.size[1] * 0.008))
    edge = ImageChops.subtract(mask, moved_by(mask, 0, drop))
    lit = ImageChops.multiply(blurred(edge, 0.003), glow(canvas.size, sun, 1.1))
    return shine(picture, canvas.palette.light, lit, 0.75 * strength)


def _treeline(
    canvas: Canvas, picture: Image.Image, line: list[float], level: float, height: float, depth: float
) -> Image.Image:
    chance, trees = canvas.chance, []
    size = 0.018 + 0.075 * depth**2
    aspect = canvas.size[1] / canvas.size[0]
    density = ridge(chance, 4, 3, 0.6)
    for _ in range(round(150 - 70 * depth)):
        x = chance.random()
        place = int(x * (len(line) - 1))
        if density[place] < -0.15:
            continue
        tall = size * chance.uniform(0.55, 1.25)
        trees.append(conifer(x, level - line[place] * height + tall * 0.12, tall, tall * 0.2 * aspect))
    return tint(picture, mix(_ground(canvas, depth), canvas.palette.near, 0.35), shapes(canvas.size, trees))


def conifer(x: float, foot: float, tall: float, wide: float) -> list[Point]:
    """Return the outline of a fir."""
    steps = ((0.0, 1.0), (0.32, 0.78), (0.2, 0.78), (0.62, 0.5), (0.42, 0.5), (1.0, 0.12), (0.14, 0.12), (0.14, 0.0))
    right = [(x + wide * out, foot - tall * up) for out, up in steps]
    left = [(x - wide * out, foot - tall * up) for out, up in reversed(steps)]
    return [*right, *left]


def _birds(canvas: Canvas, picture: Image.Image, horizon: float) -> Image.Image:
    chance, wings = canvas.chance, []
    x, y = chance.uniform(0.2, 0.7), horizon * chance.uniform(0.25, 0.6)
    for _ in range(chance.randint(4, 9)):
        x, y = x + chance.uniform(-0.05, 0.07), y + chance.uniform(-0.03, 0.03)
        span = chance.uniform(0.007, 0.014)
        wings.append([(x - span, y - span * 0.7), (x, y), (x + span, y - span * 0.8), (x, y + span * 0.22)])
    return tint(picture, canvas.palette.near, shapes(canvas.size, wings), 0.8)


def mirrored(canvas: Canvas, picture: Image.Image, shore: float) -> Image.Image:
    """Turn the lower part into still water that mirrors the upper."""
    width, height = canvas.size
    line, palette = round(height * shore), canvas.palette
    depth = max(1, height - line)
    image = ImageOps.flip(picture.crop((0, max(0, line - round(depth * 1.7)), width, line))).resize((width, depth))
    image = image.filter(ImageFilter.BoxBlur((width * 0.0015, height * 0.004)))
    water = tint(image, mix(palette.sky[0], palette.near, 0.4), fade((width, depth), 0.12, 0.62))
    ripples = grey(field(canvas.chance, (7, 60), (width, depth)))
    water = shine(water, palette.haze, curve(ripples, lambda value: step(0.66, 0.95)(value) * 0.16))
    picture = picture.copy()
    picture.paste(water, (0, line))
    bank = [value * 0.5 for value in ridge(canvas.chance, 3, 4, 0.5)]
    outline = [(index / (len(bank) - 1), shore - 0.004 + value * 0.005) for index, value in enumerate(bank)]
    lower = [(x, 2 * shore - y + 0.004) for x, y in reversed(outline)]
    return tint(picture, mix(palette.near, palette.haze, 0.12), shape(canvas.size, [*outline, *lower]), 0.85)


def dunes(canvas: Canvas) -> Image.Image:
    """Dunes with a lit and a shaded side."""
    chance = canvas.chance
    horizon = chance.uniform(0.36, 0.5)
    picture, sun = sky(canvas, horizon)
    layers = chance.randint(4, 6)
    for number in range(layers):
        depth = number / (layers - 1)
        line = ridge(chance, chance.choice((1, 2)), 2, 0.28)
        level = horizon + (1 - horizon) * depth * 0.8
        picture = _dune(canvas, picture, line, level, 0.05 + 0.1 * depth, depth, sun)
    return picture


def _dune(
    canvas: Canvas, picture: Image.Image, line: list[float], level: float, height: float, depth: float, sun: Point
) -> Image.Image:
    palette, size = canvas.palette, canvas.size
    sand = mix(palette.accents[0], palette.haze, 0.5 - 0.3 * depth)
    lit = mix(mix(sand, palette.light, 0.45), palette.haze, 0.5 * (1 - depth))
    dark = mix(mix(sand, palette.near, 0.35 + 0.3 * depth), palette.haze, 0.55 * (1 - depth))
    mask = shape(size, below(line, level, height))
    body = canvas.plain(lit)
    tall = round(size[1] * (0.16 + 0.3 * depth)) + 1
    start = round((level - height) * size[1])
    body.paste(gradient((size[0], tall), (lit, mix(lit, sand, 0.6), mix(sand, dark, 0.45))), (0, start))
    body.paste(mix(sand, dark, 0.45), (0, start + tall, *size))
    body = _ripples(canvas, body, line, level, height, depth, dark)
    shaded = _shade(canvas, line, level, height, sun)
    body = tint(body, dark, blurred(shaded, 0.002), 0.82)
    return tint(picture, body, mask)


def _shade(canvas: Canvas, line: list[float], level: float, height: float, sun: Point) -> Image.Image:
    last = len(line) - 1
    peaks = [i for i in range(6, last - 5) if line[i] == max(line[max(0, i - 18) : i + 19]) and line[i] > -0.3]
    away = 1 if sun[0] < 0.5 else -1
    polygons = []
    for peak in peaks or [last // 2]:
        x, y, sway = peak / last, level - line[peak] * height, canvas.chance.uniform(0.05, 0.16)
        spine = [
            (x + away * (sway * math.sin(t / 10 * 2.6) - 0.16 * (t / 10) ** 2), y + 0.62 * (t / 10) ** 1.4)
            for t in range(11)
        ]
        far = [(x + away * 0.7, 1.02), (x + away * 0.7, y + 0.02)]
        crest = range(min(last, max(0, peak + away * 150)), peak, -away)
        polygons.append([*spine, *far, *((i / last, level - line[i] * height - 0.002) for i in crest)])
    return shapes(canvas.size, polygons)


def _ripples(
    canvas: Canvas, body: Image.Image, line: list[float], level: float, height: float, depth: float, dark: Colour
) -> Image.Image:
    mask = Image.new("L", (canvas.size[0] * 2, canvas.size[1] * 2))
    draw, last = ImageDraw.Draw(mask), len(line) - 1
    drift = ridge(canvas.chance, 5, 3, 0.5)
    gap = 0.006 + 0.014 * depth
    for number in range(1, 26):
        lower = number * gap * (1 + number * 0.03)
        points = [
            (
                i / last * mask.width,
                (level - line[i] * height * (1 - number * 0.02) + lower + drift[i] * gap) * mask.height,
            )
            for i in range(0, last + 1, 3)
        ]
        draw.line(points, fill=max(0, 120 - number * 3), width=max(1, round(mask.height * gap * 0.16)), joint="curve")
    return tint(body, dark, blurred(mask.reduce(2), 0.0012), 0.3)


def sea(canvas: Canvas) -> Image.Image:
    """Open water below a low sun."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    horizon = chance.uniform(0.44, 0.6)
    picture, sun = sky(canvas, horizon)
    for depth in (0.1, 0.3)[: chance.randint(0, 2)]:
        line = [
            value * (1 if place > chance.random() * 40 else 0.6) for place, value in enumerate(ridge(chance, 2, 6, 0.5))
        ]
        picture = _range(canvas, picture, sun, below(line, horizon + 0.02, 0.05 + 0.06 * depth), depth)
    deep = (mix(palette.haze, palette.sky[1], 0.45), mix(palette.sky[0], palette.accents[0], 0.35), palette.near)
    lower = size[0], max(1, size[1] - round(size[1] * horizon))
    water = gradient(lower, deep)
    water = ImageChops.soft_light(water, Image.merge("RGB", [_waves(canvas, lower)] * 3))
    picture.paste(water, (0, round(size[1] * horizon)))
    picture = _glitter(canvas, picture, sun, horizon)
    return _boat(canvas, picture, horizon) if canvas.asks_for("boat", "sail", "ship", odds=0.45) else picture


def _waves(canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    near = grey(clouds(canvas.chance, (3, 16), size, 4, 0.6))
    far = grey(clouds(canvas.chance, (10, 70), size, 2, 0.6))
    return curve(Image.composite(near, far, fade(size, 0.0, 1.0)), lambda value: 0.15 + value * 0.7)


def _glitter(canvas: Canvas, picture: Image.Image, sun: Point, horizon: float) -> Image.Image:
    chance = canvas.chance
    mask = Image.new("L", (canvas.size[0] * 2, canvas.size[1] * 2))
    draw = ImageDraw.Draw(mask)
    for _ in range(420):
        depth = chance.random() ** 1.7
        y = (horizon + (1 - horizon) * depth) * mask.height
        spread = 0.015 + 0.13 * depth
        x = (sun[0] + chance.gauss(0, 1) * spread) * mask.width
        length, thick = (0.006 + 0.03 * depth) * mask.width * chance.random(), (0.0008 + 0.0035 * depth) * mask.height
        draw.ellipse((x - length, y - thick, x + length, y + thick), fill=chance.randint(70, 230))
    dashes = mask.reduce(2)
    picture = shine(picture, canvas.palette.light, blurred(dashes, 0.012), 0.6)
    return shine(picture, canvas.palette.light, dashes, 0.85)


def _boat(canvas: Canvas, picture: Image.Image, horizon: float) -> Image.Image:
    chance = canvas.chance
    x, y, size = chance.uniform(0.2, 0.8), horizon + chance.uniform(0.03, 0.16), chance.uniform(0.03, 0.06)
    wide = size * canvas.size[1] / canvas.size[0]
    hull = [
        (x - wide * 0.6, y),
        (x + wide * 0.65, y),
        (x + wide * 0.4, y + size * 0.16),
        (x - wide * 0.4, y + size * 0.16),
    ]
    sails = [[(x, y - size * 1.5), (x + wide * 0.6, y - size * 0.1), (x, y - size * 0.1)]]
    sails.append(
        [(x - wide * 0.06, y - size * 1.3), (x - wide * 0.06, y - size * 0.1), (x - wide * 0.45, y - size * 0.1)]
    )
    picture = tint(picture, mix(canvas.palette.light, (255, 255, 255), 0.4), shapes(canvas.size, sails), 0.95)
    return tint(picture, canvas.palette.near, shape(canvas.size, hull))
