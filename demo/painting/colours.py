"""Colours and palettes."""

from collections.abc import Sequence
from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Read ``#rrggbb`` or ``rrggbb``."""
    code = code.lstrip("#")
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """Return a colour between two: 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def along(stops: Sequence[Colour], part: float) -> Colour:
    """Return the colour at a place (0 … 1) of a row of colours."""
    place = min(max(part, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


@dataclass(frozen=True)
class Palette:
    """The colours of one mood."""

    name: str
    sky: tuple[Colour, ...]  # from the zenith to the horizon
    light: Colour  # sun, moon, lit edges
    near: Colour  # the darkest ground
    accents: tuple[Colour, ...]

    @property
    def haze(self) -> Colour:
        """Return the colour of the far distance."""
        return self.sky[-1]

    @property
    def is_dark(self) -> bool:
        """Tell whether this is a night."""
        return sum(self.sky[0]) < 190

    @property
    def ramp(self) -> tuple[Colour, ...]:
        """Return colours from dark to light, for mapping shades."""
        inner = sorted((self.accents[0], self.accents[1], self.sky[0], self.haze), key=sum)
        return (self.near, *inner, mix(self.light, (255, 255, 255), 0.2))


def _palette(name: str, sky: str, light: str, near: str, accents: str) -> Palette:
    skies, extra = (tuple(colour(code) for code in codes.split()) for codes in (sky, accents))
    return Palette(name, skies, colour(light), colour(near), extra)


PALETTES = {
    palette.name: palette
    for palette in (
        _palette("dawn", "41598f 8f8fb8 e7b7ae fbdcc0", "fff1d6", "1f2a44", "e07a5f f2b5a0 6d7fae fbe3cf"),
        _palette("gold", "5b7ea3 b8b9ae f0c88a fde3b0", "fff4cf", "2e2a26", "d98b36 8a4f2a f2c14e 4a6670"),
        _palette("sunset", "2d2f5c 8a3f71 e2665b fdbb72", "ffe2a1", "1b1530", "ff7f51 ce4257 720026 ffb385"),
        _palette("dusk", "17203f 3c3f78 8d6a9f e8a598", "ffd9c0", "0f1226", "c06c84 6c5b7b f8b195 355c7d"),
        _palette("night", "070b1e 10204a 23407a 4c6ea0", "eaf2ff", "04060f", "2d5f8b 5fa8d3 1b3a5c cae9ff"),
        _palette("aurora", "050a1c 0a1b38 123c52 1f6a6b", "c8fff0", "03070f", "3ddc97 46b1c9 7b5ea7 b8f2e6"),
        _palette("mist", "8fa3a8 b3c2c0 d3dad2 eceadf", "fffdf3", "25343a", "5f7f80 a7bdb1 3c5559 d9c9a8"),
        _palette("winter", "6f90b8 a6c0d8 d4e2ec f5f3ef", "ffffff", "2a3e57", "7ba0c4 c9d8e6 42648a e8c7b0"),
        _palette("autumn", "7d8c93 c3b69c e9c38d f6dfb2", "fff0c9", "33200f", "c8553d 8f2d1f e3a857 588157"),
        _palette("meadow", "4f8fc0 93c0d8 cfe3d6 f3f0cf", "fffbe0", "1f3a2b", "5fa55a a7c957 386641 f2e8cf"),
        _palette("sea", "2a6f97 61a5c2 a9d6e5 eef5ea", "fffdf0", "012a4a", "2c7da0 89c2d9 014f86 f4d58d"),
        _palette("rose", "6a4c72 b0708f e8a0a8 f9d5cd", "fff0e8", "35203f", "d1495b edae9f 8c3a5b f7d6c8"),
        _palette("ink", "20262e 46525e 8b98a0 d8dcd8", "ffffff", "0d1014", "3a4750 6b7b84 b23a48 e9e4d8"),
        _palette("clay", "c8775a dd9f7c edc7a5 f7e6d0", "fff6e6", "4a2c24", "b5533c e0a16b 3d5a5b f0d9b5"),
        _palette("violet", "1a1338 40267a 8a4fbf dca6e8", "fff0ff", "0e0a20", "b15eff f15bb5 4361ee fee440"),
        _palette("jade", "0f3d3e 2a7068 7fb69a dfe8c9", "fdfbe4", "08221f", "4fa38a b7d7a8 1d5c57 e9c46a"),
    )
}
