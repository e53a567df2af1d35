"""Woods, northern lights and towns at night."""

from PIL import Image, ImageDraw

from demo.painting.canvas import Canvas
from demo.painting.colours import Colour, mix
from demo.painting.landscapes import conifer, mirrored
from demo.painting.skies import sky, stars
from demo.painting.textures import (
    below,
    blurred,
    clouds,
    curve,
    fade,
    field,
    glow,
    gradient,
    grey,
    ridge,
    shape,
    shapes,
    shine,
    step,
    tint,
)


def woods(canvas: Canvas) -> Image.Image:
    """Trunks in the mist with light falling in."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    pale = mix(palette.haze, palette.light, 0.35)
    picture = gradient(size, (mix(palette.sky[1], pale, 0.2), pale, mix(pale, palette.accents[1], 0.25)))
    sun = chance.uniform(0.25, 0.75), chance.uniform(0.18, 0.42)
    picture = shine(picture, palette.light, glow(size, sun, 0.85), 0.75)
    layers = 6
    for number in range(layers):
        depth = number / (layers - 1)
        colour = mix(mix(pale, palette.accents[0], 0.18 + 0.3 * depth), palette.near, depth**1.4)
        picture = _trunks(canvas, picture, depth, colour)
        picture = _undergrowth(canvas, picture, depth, colour)
        if number in (2, 3):
            picture = _shafts(canvas, picture, sun)
    return shine(picture, palette.light, glow(size, sun, 0.7), 0.28)


def _trunks(canvas: Canvas, picture: Image.Image, depth: float, colour: Colour) -> Image.Image:
    chance, outlines = canvas.chance, []
    aspect = canvas.size[1] / canvas.size[0]
    for _ in range(round(20 - 15 * depth)):
        x, wide = chance.uniform(-0.05, 1.05), (0.004 + 0.026 * depth**1.3) * chance.uniform(0.6, 1.3) * aspect
        lean, foot = chance.gauss(0, 0.012), 0.72 + 0.3 * depth
        outlines.append(
            [(x - wide, foot), (x - wide * 0.7 + lean, -0.02), (x + wide * 0.7 + lean, -0.02), (x + wide, foot)]
        )
        for _ in range(chance.randint(1, 4)):
            outlines.append(_branch(canvas, x + lean * 0.5, wide, chance.uniform(0.05, 0.55)))
    mask = shapes(canvas.size, outlines)
    return tint(picture, colour, blurred(mask, 0.006 * (1 - depth)))


def _branch(canvas: Canvas, x: float, wide: float, y: float) -> list[tuple[float, float]]:
    reach = canvas.chance.choice((-1, 1)) * canvas.chance.uniform(3, 9) * wide
    rise = abs(reach) * canvas.chance.uniform(0.2, 0.9)
    return [(x, y - wide * 0.3), (x + reach, y - rise), (x + reach * 1.02, y - rise), (x, y + wide * 0.35)]


def _undergrowth(canvas: Canvas, picture: Image.Image, depth: float, colour: Colour) -> Image.Image:
    chance = canvas.chance
    line, level = ridge(chance, 3, 6, 0.6), 0.7 + 0.26 * depth
    picture = tint(picture, colour, blurred(shape(canvas.size, below(line, level, 0.03)), 0.004 * (1 - depth)))
    firs = []
    for _ in range(round(16 - 8 * depth)):
        x, tall = chance.random(), chance.uniform(0.03, 0.13) * (0.5 + depth)
        place = level - line[min(len(line) - 1, int(x * len(line)))] * 0.03
        firs.append(conifer(x, place + 0.02, tall, tall * 0.24 * canvas.size[1] / canvas.size[0]))
    picture = tint(picture, colour, blurred(shapes(canvas.size, firs), 0.004 * (1 - depth)))
    fog = curve(grey(clouds(chance, (2, 5), canvas.size, 4)), lambda value: step(0.3, 0.9)(value) * 0.5 * (1 - depth))
    return tint(picture, mix(canvas.palette.haze, canvas.palette.light, 0.3), fog)


def _shafts(canvas: Canvas, picture: Image.Image, sun: tuple[float, float]) -> Image.Image:
    beams = []
    for _ in range(6):
        foot, wide = sun[0] + canvas.chance.uniform(-0.7, 0.7), canvas.chance.uniform(0.015, 0.06)
        beams.append([(sun[0], sun[1] - 0.35), (foot - wide, 1.0), (foot + wide, 1.0), (sun[0] + 0.02, sun[1] - 0.35)])
    mask = blurred(shapes(canvas.size, beams), 0.012)
    mask = Image.composite(mask, Image.new("L", canvas.size), fade(canvas.size, 0.75, 0.0))
    return shine(picture, canvas.palette.light, mask, 0.3)


def northern_lights(canvas: Canvas) -> Image.Image:
    """Curtains of light over a dark land."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    horizon = chance.uniform(0.68, 0.78)
    night = tuple(mix(colour, (5, 9, 26), 0.55) for colour in palette.sky)
    picture = stars(canvas, gradient(size, night), horizon, 520)
    colours = (palette.accents[0], palette.accents[1], mix(palette.accents[2], palette.light, 0.2))
    for number in range(chance.randint(2, 3)):
        curtain = _curtain(canvas, chance.uniform(0.3, 0.55), chance.uniform(0.26, 0.5))
        picture = shine(picture, mix(colours[number], palette.light, 0.15), blurred(curtain, 0.02), 0.55)
        picture = shine(picture, colours[number], curtain, 0.95)
    for number in range(3):
        line = ridge(chance, 2 + number, 6, 0.5)
        dark = mix(mix(night[-1], palette.accents[0], 0.12), (2, 4, 10), 0.35 + 0.3 * number)
        picture = tint(picture, dark, shape(size, below(line, horizon + 0.05 * number, 0.09 - 0.02 * number)))
    return (
        mirrored(canvas, picture, horizon + 0.04)
        if canvas.asks_for("lake", "water", odds=0.55)
        else _firs(canvas, picture)
    )


def _firs(canvas: Canvas, picture: Image.Image) -> Image.Image:
    chance, aspect = canvas.chance, canvas.size[1] / canvas.size[0]
    firs = []
    for _ in range(46):
        tall = chance.uniform(0.07, 0.2) * (0.5 + abs(chance.random() - 0.5))
        firs.append(conifer(chance.random(), 1.02, tall * 1.6, tall * 0.32 * aspect))
    return tint(picture, (3, 6, 12), shapes(canvas.size, firs))


def _curtain(canvas: Canvas, foot: float, tall: float) -> Image.Image:
    chance, wide, high = canvas.chance, 400, 256
    path, folds = ridge(chance, 2, 3, 0.5, wide), ridge(chance, 24, 3, 0.7, wide)
    power = ridge(chance, 3, 3, 0.6, wide)
    beam = curve(Image.linear_gradient("L"), lambda value: value**1.7)
    layer = Image.new("L", (wide, high))
    for x in range(wide):
        length = max(4, round(tall * high * (0.75 + 0.3 * folds[x])))
        bright = max(0.0, 0.5 + 0.5 * power[x]) * (0.62 + 0.38 * folds[x])
        column = beam.resize((1, length)).point([round(value * bright) for value in range(256)])
        layer.paste(column, (x, round((foot + path[x] * 0.13) * high) - length))
    return blurred(layer.resize(canvas.size, Image.Resampling.BICUBIC), 0.006)


def town(canvas: Canvas) -> Image.Image:
    """Rows of houses with windows alight."""
    chance, palette = canvas.chance, canvas.palette
    horizon = chance.uniform(0.74, 0.84)
    picture, _ = sky(canvas, horizon)
    for number in range(4):
        depth = number / 3
        colour = mix(mix(palette.haze, palette.sky[0], 0.35 + 0.4 * depth), palette.near, depth**1.3)
        outlines, windows = _houses(
            canvas, horizon + 0.05 * number, 0.2 + 0.26 * chance.random() * (1.2 - depth), depth
        )
        picture = tint(picture, colour, shapes(canvas.size, outlines))
        lit = mix(palette.light, (255, 196, 110), 0.6)
        lights = shapes(canvas.size, windows)
        picture = tint(picture, lit, lights, 0.35 + 0.6 * depth)
        picture = shine(picture, lit, blurred(lights, 0.01), 0.35 * depth)
        haze = Image.composite(
            Image.new("L", canvas.size, 255), Image.new("L", canvas.size), fade(canvas.size, 0.0, 0.35)
        )
        picture = tint(picture, palette.haze, haze, 0.5 * (1 - depth))
    return mirrored(canvas, picture, 0.8) if canvas.asks_for("river", "harbour", "water", odds=0.5) else picture


Outlines = list[list[tuple[float, float]]]


def _houses(canvas: Canvas, foot: float, tallest: float, depth: float) -> tuple[Outlines, Outlines]:
    chance, x = canvas.chance, -0.02
    outlines: Outlines = []
    windows: Outlines = []
    while x < 1:
        wide, tall = chance.uniform(0.03, 0.085) * (0.7 + depth * 0.8), tallest * chance.uniform(0.3, 1.0)
        roof = chance.choice((0.0, 0.0, 0.025, 0.045))
        peak = (x + wide / 2, foot - tall - roof)
        outlines.append([(x, 1.02), (x, foot - tall), peak, (x + wide, foot - tall), (x + wide, 1.02)])
        windows += _windows(canvas, x, foot - tall, wide, tall + 0.2)
        x += wide * chance.uniform(0.92, 1.1)
    return outlines, windows


def _windows(canvas: Canvas, x: float, top: float, wide: float, tall: float) -> Outlines:
    chance, columns, gap = canvas.chance, 4, 0.024
    found: Outlines = []
    for row in range(1, int(tall / gap)):
        for column in range(columns):
            if chance.random() > 0.32:
                continue
            left, y = x + wide * (column + 0.28) / columns, top + row * gap
            right = left + wide * 0.44 / columns
            found.append([(left, y), (right, y), (right, y + gap * 0.5), (left, y + gap * 0.5)])
    return found


def space(canvas: Canvas) -> Image.Image:
    """Clouds of gas, stars and a planet."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    picture = canvas.plain(mix(palette.near, (3, 4, 12), 0.7))
    for number in range(3):
        shades = grey(clouds(chance, (2, 2), size, 6, 0.58))
        veil = curve(shades, lambda value: step(0.38, 0.95)(value) ** 1.4)
        picture = shine(picture, palette.accents[number], veil, 0.75)
    hot = curve(grey(clouds(chance, (2, 2), size, 6, 0.6)), lambda value: step(0.68, 1.0)(value) ** 2)
    picture = shine(picture, palette.light, hot, 0.7)
    dust = curve(grey(clouds(chance, (3, 3), size, 6, 0.6)), step(0.55, 0.85))
    picture = tint(picture, (4, 5, 14), dust, 0.62)
    picture = stars(canvas, picture, 1.0, 700)
    return _planet(canvas, picture) if canvas.asks_for("planet", "moon", "world", odds=0.7) else picture


def _planet(canvas: Canvas, picture: Image.Image) -> Image.Image:
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    centre, radius = (chance.uniform(0.25, 0.75), chance.uniform(0.35, 0.7)), chance.uniform(0.16, 0.3)
    layer = Image.new("L", (size[0] * 2, size[1] * 2))
    reach = radius * min(layer.size)
    x, y = centre[0] * layer.width, centre[1] * layer.height
    ImageDraw.Draw(layer).ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    mask = layer.reduce(2)
    belts = grey(field(chance, (1, 14), size))
    body = tint(canvas.plain(palette.accents[0]), palette.light, curve(belts, step(0.25, 0.85)), 0.75)
    body = tint(body, palette.accents[2], grey(clouds(chance, (3, 8), size, 4)), 0.5)
    sun = centre[0] - radius * 0.55 * min(size) / size[0], centre[1] - radius * 0.55 * min(size) / size[1]
    lit = curve(glow(size, sun, radius * 2.0), lambda value: min(1.0, value * 1.5))
    picture = shine(picture, palette.accents[1], glow(size, centre, radius * 1.9), 0.4)
    return tint(picture, Image.composite(body, canvas.plain((3, 4, 10)), lit), mask)
