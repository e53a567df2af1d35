"""Pictures of nothing but colour and form."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.painting.canvas import Canvas
from demo.painting.colours import Colour, along, mix
from demo.painting.textures import (
    Point,
    bands,
    below,
    blurred,
    circle,
    clouds,
    coloured,
    curve,
    disc,
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
    warped,
)


def papercut(canvas: Canvas) -> Image.Image:
    """Sheets of paper with holes, one above the other."""
    chance, size, palette = canvas.chance, canvas.size, canvas.palette
    centre = chance.uniform(0.4, 0.6), chance.uniform(0.42, 0.58)
    picture = _valley(canvas, centre)
    layers = chance.randint(5, 7)
    for number in range(layers):
        part = number / (layers - 1)
        sheet = _paper(
            canvas,
            along(
                (
                    mix(palette.accents[0], palette.haze, 0.3),
                    palette.accents[2],
                    mix(palette.near, palette.accents[2], 0.35),
                ),
                part,
            ),
        )
        radius = 0.2 + 0.42 * part**0.9
        wobble = _loop(ridge(chance, 4, 3, 0.5, 180), 0.13 + 0.06 * part)
        hole = shape(size, circle(size, centre, radius, wobble))
        picture = _laid(canvas, picture, sheet, ImageChops.invert(hole))
    return picture


def _loop(line: list[float], strength: float) -> list[float]:
    last = len(line) - 1
    return [strength * (value - (line[-1] - line[0]) * index / last) for index, value in enumerate(line)]


def _valley(canvas: Canvas, centre: Point) -> Image.Image:
    palette, size = canvas.palette, canvas.size
    sky = mix(palette.sky[1], palette.accents[1], 0.4)
    picture = gradient(size, (sky, mix(sky, palette.light, 0.25), mix(palette.haze, palette.light, 0.4)))
    sun = centre[0] + canvas.chance.uniform(-0.06, 0.06), centre[1] - 0.06
    picture = shine(picture, palette.light, glow(size, sun, 0.4), 0.7)
    picture = _laid(canvas, picture, _paper(canvas, mix(palette.light, (255, 255, 255), 0.3)), disc(size, sun, 0.07))
    for number in range(3):
        outline = below(ridge(canvas.chance, 5, 5, 0.5), centre[1] + 0.02 + 0.06 * number, 0.05)
        ground = mix(mix(palette.accents[1], palette.haze, 0.3), palette.near, 0.15 + 0.32 * number)
        sheet = _paper(canvas, ground)
        picture = _laid(canvas, picture, sheet, shape(size, outline))
    return picture


def _paper(canvas: Canvas, colour: Colour) -> Image.Image:
    fibres = curve(grey(clouds(canvas.chance, (40, 40), canvas.size, 2, 0.7)), lambda value: 0.44 + 0.12 * value)
    return ImageChops.soft_light(canvas.plain(colour), Image.merge("RGB", [fibres] * 3))


def _laid(canvas: Canvas, picture: Image.Image, sheet: Image.Image, mask: Image.Image) -> Image.Image:
    fall = round(min(canvas.size) * 0.014)
    shadow = moved_by(blurred(mask, 0.018), fall // 2, fall)
    edge = ImageChops.subtract(mask, moved_by(mask, 1, 1))
    picture = tint(picture, mix(canvas.palette.near, (0, 0, 0), 0.5), shadow, 0.55)
    return shine(tint(picture, sheet, mask), (255, 255, 255), edge, 0.22)


def waves(canvas: Canvas) -> Image.Image:
    """Rows of paper waves."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    picture = gradient(size, (palette.sky[1], palette.haze, palette.light))
    sun = chance.uniform(0.25, 0.75), chance.uniform(0.2, 0.36)
    picture = _laid(canvas, picture, _paper(canvas, mix(palette.light, palette.accents[1], 0.2)), disc(size, sun, 0.12))
    layers = chance.randint(7, 9)
    ramp = (mix(palette.haze, palette.accents[1], 0.4), palette.accents[0], palette.accents[2], palette.near)
    for number in range(layers):
        line = ridge(chance, chance.choice((2, 3)), 2, 0.35)
        outline = below(line, 0.42 + 0.58 * number / layers, 0.05 + 0.02 * chance.random())
        picture = _laid(canvas, picture, _paper(canvas, along(ramp, number / (layers - 1))), shape(size, outline))
    return picture


def ink(canvas: Canvas) -> Image.Image:
    """Ink that flows in water, with fine veins."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    shades = warped(warped(clouds(chance, (2, 2), size, 6, 0.45), chance, 0.9), chance, 0.45, 5)
    ramp = (palette.near, palette.accents[0], palette.haze, palette.accents[1], palette.light)
    picture = coloured(grey(shades), ramp)
    relief = grey(shades).filter(ImageFilter.EMBOSS)
    picture = ImageChops.soft_light(picture, Image.merge("RGB", [blurred(relief, 0.003)] * 3))
    veins = curve(grey(bands(shades, chance.uniform(2.0, 3.2))), step(0.972, 0.995))
    veins = ImageChops.multiply(
        veins, curve(grey(shades), lambda value: step(0.03, 0.08)(value) * step(0.03, 0.08)(1 - value))
    )
    gold = mix((214, 172, 92), palette.light, 0.3)
    return shine(tint(picture, gold, blurred(veins, 0.0008), 0.85), gold, blurred(veins, 0.01), 0.3)


def agate(canvas: Canvas) -> Image.Image:
    """Bands as in a cut stone."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    shades = warped(clouds(chance, (1, 1), size, 4, 0.36), chance, 0.5)
    fine = grey(bands(shades, chance.uniform(5, 8)))
    broad = coloured(grey(shades), (palette.near, palette.accents[2], palette.accents[0], palette.haze, palette.light))
    striped = tint(broad, mix(palette.haze, palette.light, 0.6), curve(fine, lambda value: value**2 * 0.42))
    dark = curve(grey(bands(shades, chance.uniform(10, 15))), step(0.8, 1.0))
    return tint(striped, palette.near, dark, 0.2)


def discs(canvas: Canvas) -> Image.Image:
    """Suns, arches and half-moons as on an old poster."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    picture = _paper(canvas, mix(mix(palette.haze, (246, 238, 222), 0.65), palette.light, 0.3))
    colours = [*palette.accents[:3], palette.sky[0], palette.near]
    big = chance.uniform(0.3, 0.7), chance.uniform(0.3, 0.45)
    picture = _printed(canvas, picture, disc(size, big, chance.uniform(0.2, 0.28)), colours[0])
    for number in range(chance.randint(2, 3)):
        outline = below(ridge(chance, 1, 2, 0.3), 0.62 + 0.14 * number, 0.1)
        picture = _printed(canvas, picture, shape(size, outline), colours[(number + 1) % 5])
    foot = chance.uniform(0.15, 0.85), 1.0 - chance.uniform(-0.04, 0.08)
    arches, widest = chance.choice((0, 3, 4, 6)), chance.uniform(0.26, 0.4)
    chance.shuffle(colours)
    for number in range(arches):
        radius = widest * (1 - number / (arches + 1))
        colour = colours[(number // 2) % 5] if number % 2 == 0 else mix(palette.light, (248, 240, 226), 0.5)
        picture = tint(picture, _paper(canvas, colour), disc(size, foot, radius))
    for _ in range(chance.randint(2, 4)):
        leaf = _leaf(
            (chance.random(), chance.uniform(0.55, 1.0)), chance.uniform(-0.5, 0.5), chance.uniform(0.18, 0.34), size
        )
        picture = _printed(canvas, picture, shape(size, leaf), colours[chance.choice((1, 3, 4))])
    return picture


def _printed(canvas: Canvas, picture: Image.Image, mask: Image.Image, colour: Colour) -> Image.Image:
    worn = curve(
        grey(clouds(canvas.chance, (24, 24), canvas.size, 4, 0.7)), lambda value: 0.72 + 0.28 * step(0.2, 0.5)(value)
    )
    inked = ImageChops.multiply(picture, canvas.plain(mix(colour, (255, 255, 255), 0.18)))
    return Image.composite(Image.blend(inked, canvas.plain(colour), 0.6), picture, ImageChops.multiply(mask, worn))


def _leaf(foot: Point, lean: float, length: float, size: tuple[int, int]) -> list[Point]:
    sides: list[list[Point]] = [[], []]
    for number in range(25):
        part = number / 24
        wide = math.sin(part * math.pi) ** 0.8 * length * 0.16
        x, y = foot[0] + lean * length * part**1.5, foot[1] - length * part
        sides[0].append((x - wide * size[1] / size[0], y))
        sides[1].append((x + wide * size[1] / size[0], y))
    return [*sides[0], *reversed(sides[1])]


def watercolour(canvas: Canvas) -> Image.Image:
    """Wet blots that run into each other on rough paper."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    picture = _paper(canvas, (250, 246, 238))
    colours = [*palette.accents[:3], palette.sky[0], palette.sky[1]]
    for number in range(chance.randint(6, 8)):
        centre = chance.uniform(0.15, 0.85), chance.uniform(0.2, 0.8)
        blot = _blot(canvas, centre, chance.uniform(0.16, 0.32))
        stain = canvas.plain(mix((255, 255, 255), colours[number % 5], 0.72))
        picture = Image.composite(ImageChops.multiply(picture, stain), picture, blot)
    rough = curve(grey(clouds(chance, (60, 60), size, 2, 0.8)), lambda value: 0.4 + 0.2 * value)
    picture = ImageChops.soft_light(picture, Image.merge("RGB", [rough] * 3))
    return _splashes(canvas, picture, colours)


def _blot(canvas: Canvas, centre: Point, radius: float) -> Image.Image:
    chance, small = canvas.chance, (256, 256)
    shape_size = (round(256 * canvas.size[0] / min(canvas.size)), round(256 * canvas.size[1] / min(canvas.size)))
    total = Image.new("L", small)
    base = _loop(ridge(chance, 5, 3, 0.6, 180), 0.35)
    for _ in range(22):
        wobble = [b + n for b, n in zip(base, _loop(ridge(chance, 9, 5, 0.6, 180), 0.22), strict=True)]
        layer = Image.new("L", small)
        points = circle(shape_size, centre, radius * chance.uniform(0.86, 1.08), wobble)
        ImageDraw.Draw(layer).polygon([(x * 256, y * 256) for x, y in points], fill=11)
        total = ImageChops.add(total, layer)
    edge = ImageChops.subtract(total.filter(ImageFilter.MaxFilter(3)), blurred(total, 0.012))
    full = ImageChops.add(total, edge).resize(canvas.size, Image.Resampling.BICUBIC)
    pools = curve(grey(clouds(chance, (3, 3), canvas.size, 5, 0.6)), lambda value: 0.45 + 0.55 * value)
    return ImageChops.multiply(full, pools)


def _splashes(canvas: Canvas, picture: Image.Image, colours: list[Colour]) -> Image.Image:
    chance = canvas.chance
    for colour in colours[:3]:
        centre = chance.uniform(0.2, 0.8), chance.uniform(0.2, 0.8)
        drops = []
        for _ in range(26):
            place = centre[0] + chance.gauss(0, 0.16), centre[1] + chance.gauss(0, 0.16)
            drops.append(circle(canvas.size, place, 0.008 * chance.random() ** 2 + 0.0012))
        picture = tint(picture, colour, shapes(canvas.size, drops), 0.65)
    return picture


def blossoms(canvas: Canvas) -> Image.Image:
    """Flowers with layers of petals."""
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    deep = mix(palette.near, palette.sky[0], 0.3)
    picture = gradient(size, (mix(deep, palette.sky[0], 0.4), deep, mix(deep, (0, 0, 0), 0.3)))
    for _ in range(24):
        spot = glow(size, (chance.random(), chance.random()), chance.uniform(0.05, 0.16), 0.7)
        picture = shine(picture, canvas.accent(), spot, 0.35)
    for number in range(26):
        leaf = _leaf(
            (chance.random(), chance.uniform(0.5, 1.15)), chance.uniform(-0.9, 0.9), chance.uniform(0.2, 0.5), size
        )
        green = mix(mix(palette.accents[2], (46, 92, 66), 0.6), deep, 0.75 - 0.5 * number / 26)
        picture = tint(picture, green, shape(size, leaf), 0.85)
    places = [(0.5, 0.5), (0.2, 0.28), (0.8, 0.3), (0.25, 0.78), (0.78, 0.76), (0.52, 0.12)]
    for number, (x, y) in enumerate(reversed(places[: chance.randint(3, 6)])):
        place = x + chance.uniform(-0.07, 0.07), y + chance.uniform(-0.07, 0.07)
        picture = _flower(canvas, picture, place, chance.uniform(0.15, 0.25) * (1 + 0.06 * number))
    return picture


def _flower(canvas: Canvas, picture: Image.Image, centre: Point, radius: float) -> Image.Image:
    chance, palette, size = canvas.chance, canvas.palette, canvas.size
    petals, outer = chance.randint(7, 13), chance.choice(palette.accents[:2])
    inner = mix(palette.light, outer, 0.12)
    shadow = glow(size, (centre[0] + 0.01, centre[1] + 0.02), radius * 1.5)
    picture = tint(picture, (0, 0, 0), shadow, 0.45)
    reach = max(4, round(radius * min(size) * 2.2)) * 2
    tile, mask = Image.new("RGB", (reach, reach), outer), Image.new("L", (reach, reach))
    for ring in range(4):
        turn = chance.random()
        for number in range(petals):
            angle = math.tau * (number + turn) / petals
            colour = mix(outer, inner, 0.18 * ring + 0.16 * math.sin(angle * 2 + ring) + 0.14)
            tones = (mix(mix(outer, palette.near, 0.5), colour, 0.35), colour, mix(colour, inner, 0.22))
            _draw_petal(tile, mask, angle, 0.9 * (1 - 0.21 * ring), math.pi / petals * 1.25, tones)
    corner = round(centre[0] * size[0] - reach / 4), round(centre[1] * size[1] - reach / 4)
    picture.paste(tile.reduce(2), corner, mask.reduce(2))
    heart = disc(size, centre, radius * 0.17)
    return tint(picture, mix(palette.light, (232, 178, 72), 0.7), heart)


def _draw_petal(
    tile: Image.Image, mask: Image.Image, angle: float, reach: float, spread: float, tones: tuple[Colour, ...]
) -> None:
    half = tile.width / 2
    for number, tone in enumerate(tones):
        outline = [
            (half + x * half, half + y * half)
            for x, y in _petal(angle, reach * (1 - 0.02 * number), spread * (1 - 0.16 * number))
        ]
        ImageDraw.Draw(tile).polygon(outline, fill=tone)
        ImageDraw.Draw(mask).polygon(outline, fill=255)


def _petal(angle: float, reach: float, spread: float) -> list[Point]:
    points = []
    for number in range(33):
        part = number / 32
        side = math.sin(part * math.tau) * spread * 0.9
        out = math.sin(part * math.pi) ** 0.75 * reach
        points.append((math.cos(angle + side * 0.75) * out, math.sin(angle + side * 0.75) * out))
    return points
