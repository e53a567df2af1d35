"""What a scene is painted on."""

import random
from dataclasses import dataclass

from PIL import Image

from demo.painting.colours import Colour, Palette


@dataclass(frozen=True)
class Canvas:
    """Size, colours and chance. Scenes draw from chance in the same order at every size."""

    size: tuple[int, int]
    palette: Palette
    chance: random.Random
    words: frozenset[str] = frozenset()

    def plain(self, colour: Colour) -> Image.Image:
        """Return an empty picture."""
        return Image.new("RGB", self.size, colour)

    def accent(self) -> Colour:
        """Return one of the palette's accents."""
        return self.chance.choice(self.palette.accents)

    def asks_for(self, *words: str, odds: float = 0.0) -> bool:
        """Tell whether one of the words was said, or else let chance decide."""
        drawn = self.chance.random()
        return not self.words.isdisjoint(words) or drawn < odds
