"""Smooth chance, gradients and masks: the paint box."""

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

from demo.painting.colours import Colour, along

Size = tuple[int, int]
Point = tuple[float, float]
SMOOTH = Image.Resampling.BICUBIC


def field(chance: random.Random, cells: Size, size: Size) -> Image.Image:
    """Return soft random shades (mode F, 0 … 1) with about this many lumps across and down."""
    width, height = cells[0] + 3, cells[1] + 3
    coarse = Image.frombytes("L", (width, height), chance.randbytes(width * height)).convert("F")
    fine = coarse.resize(size, SMOOTH, box=(1, 1, width - 1, height - 1))
    return fine.point(lambda value: value * (1 / 255) + 0)


def clouds(chance: random.Random, cells: Size, size: Size, octaves: int = 5, gain: float = 0.5) -> Image.Image:
    """Return shades with lumps of all sizes (mode F, about 0 … 1)."""
    total, weight, sum_of_weights = Image.new("F", size, 0.0), 1.0, 0.0
    for octave in range(octaves):
        layer = field(chance, (cells[0] << octave, cells[1] << octave), size)
        total = _plus(total, layer, weight)
        sum_of_weights += weight
        weight *= gain
    return stretched(total.point(lambda value: value * (1 / sum_of_weights) + 0))


def _plus(total: Image.Image, layer: Image.Image, weight: float) -> Image.Image:
    return _image(ImageMath.lambda_eval(lambda args: args["a"] + args["b"] * weight, a=total, b=layer))


def _image(value: object) -> Image.Image:
    assert isinstance(value, Image.Image)
    return value


def stretched(shades: Image.Image) -> Image.Image:
    """Spread shades so that they reach from 0 to 1."""
    low, high = shades.getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    scale = 1 / max(high - low, 1e-6)
    return shades.point(lambda value: value * scale + (-low * scale))


def bands(shades: Image.Image, count: float) -> Image.Image:
    """Fold shades into bands that go up and down ``count`` times, as agate has them."""
    folded = ImageMath.lambda_eval(
        lambda args: abs(args["a"] * count - args["float"](args["int"](args["a"] * count)) - 0.5) * 2, a=shades
    )
    return _image(folded)


def grey(shades: Image.Image) -> Image.Image:
    """Turn shades of 0 … 1 into a mask."""
    return shades.point(lambda value: value * 255 + 0).convert("L")


def curve(mask: Image.Image, bend: Callable[[float], float]) -> Image.Image:
    """Bend the shades of a mask, given and returned as 0 … 1."""
    return mask.point([round(255 * min(max(bend(value / 255), 0.0), 1.0)) for value in range(256)])


def step(low: float, high: float) -> Callable[[float], float]:
    """Return a smooth step from 0 below ``low`` to 1 above ``high``."""

    def bend(value: float) -> float:
        part = min(max((value - low) / (high - low), 0.0), 1.0)
        return part * part * (3 - 2 * part)

    return bend


def coloured(mask: Image.Image, ramp: Sequence[Colour]) -> Image.Image:
    """Replace shades by the colours of a ramp, dark to light."""
    table = [along(ramp, value / 255) for value in range(256)]
    return Image.merge("RGB", [mask.point([entry[channel] for entry in table]) for channel in range(3)])


def gradient(size: Size, stops: Sequence[Colour], *, sideways: bool = False) -> Image.Image:
    """Return colours that change from top to bottom, or from left to right."""
    length = 256
    line = Image.new("RGB", (length, 1) if sideways else (1, length))
    line.putdata([along(stops, place / (length - 1)) for place in range(length)])
    return line.resize(size, SMOOTH)


def fade(size: Size, top: float, bottom: float) -> Image.Image:
    """Return a mask that changes from top to bottom."""
    line = Image.new("L", (1, 256))
    line.putdata([round(255 * (top + (bottom - top) * place / 255)) for place in range(256)])
    return line.resize(size, SMOOTH)


def shape(size: Size, points: Sequence[Point]) -> Image.Image:
    """Return a mask of a polygon with smooth edges; its points are given in parts of the size."""
    return shapes(size, [points])


def shapes(size: Size, polygons: Sequence[Sequence[Point]]) -> Image.Image:
    """Return a mask of several polygons."""
    width, height = size[0] * 2, size[1] * 2
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    for points in polygons:
        draw.polygon([(x * width, y * height) for x, y in points], fill=255)
    return mask.reduce(2)


def disc(size: Size, centre: Point, radius: float) -> Image.Image:
    """Return a mask of a circle; the radius is in parts of the shorter side."""
    return shape(size, circle(size, centre, radius))


def circle(size: Size, centre: Point, radius: float, wobble: Sequence[float] = (0.0,)) -> list[Point]:
    """Return the outline of a circle that is round on the picture, or of one that wobbles."""
    short, count = min(size), 180
    points = []
    for number in range(count):
        angle = math.tau * number / count
        reach = radius * (1 + wobble[number * len(wobble) // count]) * short
        points.append((centre[0] + math.cos(angle) * reach / size[0], centre[1] + math.sin(angle) * reach / size[1]))
    return points


def glow(size: Size, centre: Point, radius: float, power: float = 1.0) -> Image.Image:
    """Return a mask that is bright at a point and fades around it."""
    reach = max(2, round(radius * min(size) * 2))
    spot = ImageChops.invert(Image.radial_gradient("L")).resize((reach, reach), SMOOTH)
    spot = curve(spot, lambda value: max(0.0, (value - 0.30) / 0.70) ** (1.6 * power))
    mask = Image.new("L", size)
    mask.paste(spot, (round(centre[0] * size[0] - reach / 2), round(centre[1] * size[1] - reach / 2)))
    return mask


def ridge(chance: random.Random, lumps: int = 2, octaves: int = 5, gain: float = 0.5, count: int = 240) -> list[float]:
    """Return a jagged or rolling line of heights, -1 … 1."""
    line, weight = [0.0] * count, 1.0
    for octave in range(octaves):
        knots = [chance.uniform(-1, 1) for _ in range((lumps << octave) + 2)]
        for index in range(count):
            line[index] += weight * _between(knots, index / (count - 1) * (lumps << octave))
        weight *= gain
    largest = max(abs(value) for value in line) or 1.0
    return [value / largest for value in line]


def _between(knots: Sequence[float], place: float) -> float:
    index = int(place)
    part = (1 - math.cos((place - index) * math.pi)) / 2
    return knots[index] * (1 - part) + knots[min(index + 1, len(knots) - 1)] * part


def below(line: Sequence[float], level: float, height: float) -> list[Point]:
    """Return the outline of all that lies under a line of heights."""
    last = len(line) - 1
    top = [(index / last, level - value * height) for index, value in enumerate(line)]
    return [(-0.01, 1.01), (-0.01, top[0][1]), *top, (1.01, top[-1][1]), (1.01, 1.01)]


def tint(picture: Image.Image, paint: Colour | Image.Image, mask: Image.Image, strength: float = 1.0) -> Image.Image:
    """Lay a colour or a picture over another where the mask says."""
    over = paint if isinstance(paint, Image.Image) else Image.new("RGB", picture.size, paint)
    return Image.composite(over, picture, mask if strength == 1 else curve(mask, lambda value: value * strength))


def shine(picture: Image.Image, light: Colour, mask: Image.Image, strength: float = 1.0) -> Image.Image:
    """Add light where the mask says."""
    dark = Image.new("RGB", picture.size)
    lit = Image.composite(Image.new("RGB", picture.size, light), dark, curve(mask, lambda value: value * strength))
    return ImageChops.screen(picture, lit)


def blurred(picture: Image.Image, part: float) -> Image.Image:
    """Blur by a part of the shorter side."""
    return picture.filter(ImageFilter.GaussianBlur(part * min(picture.size)))


def warped(picture: Image.Image, chance: random.Random, strength: float, cells: int = 3) -> Image.Image:
    """Push a picture about, smoothly and by chance; the strength is a part of its size."""
    count = 28
    across, down = (field(chance, (cells, cells), (count + 1, count + 1)) for _ in range(2))
    width, height = picture.size

    def moved(column: int, row: int) -> Point:
        shift = [float(_value(part, column, row)) - 0.5 for part in (across, down)]
        return (
            folded(column / count + shift[0] * strength) * width,
            folded(row / count + shift[1] * strength) * height,
        )

    mesh = []
    for column in range(count):
        for row in range(count):
            box = tuple(round(place) for place in _cell(column, row, count, width, height))
            corners = ((column, row), (column, row + 1), (column + 1, row + 1), (column + 1, row))
            mesh.append((box, tuple(value for corner in corners for value in moved(*corner))))
    return picture.transform(picture.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def folded(place: float) -> float:
    """Bring a place outside of 0 … 1 back in, as a mirror at the edge would."""
    place = abs(place)
    return min(place, 1.0) if place <= 1 else max(2 - place, 0.0)


def moved_by(mask: Image.Image, across: int, down: int) -> Image.Image:
    """Move a mask a little; what comes in at the edges is like what was there."""
    moved_mask = mask.copy()
    moved_mask.paste(mask, (across, down))
    return moved_mask


def _cell(column: int, row: int, count: int, width: int, height: int) -> tuple[float, float, float, float]:
    return column * width / count, row * height / count, (column + 1) * width / count, (row + 1) * height / count


def _value(shades: Image.Image, column: int, row: int) -> float:
    value = shades.getpixel((column, row))
    assert isinstance(value, float)
    return value
