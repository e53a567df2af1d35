"""Chooses a scene and its colours by the words of a prompt, or by chance, and has it painted."""

import hashlib
import random
import re
from collections.abc import Callable

from PIL import Image

from demo.painting import abstracts, landscapes, woods
from demo.painting.canvas import Canvas
from demo.painting.colours import PALETTES, Palette
from demo.painting.finish import varnished

Scene = Callable[[Canvas], Image.Image]

SCENES: dict[str, Scene] = {
    "hills": landscapes.hills,
    "dunes": landscapes.dunes,
    "sea": landscapes.sea,
    "woods": woods.woods,
    "aurora": woods.northern_lights,
    "town": woods.town,
    "space": woods.space,
    "papercut": abstracts.papercut,
    "waves": abstracts.waves,
    "ink": abstracts.ink,
    "agate": abstracts.agate,
    "discs": abstracts.discs,
    "watercolour": abstracts.watercolour,
    "blossoms": abstracts.blossoms,
}
SCENE_WORDS = {
    "papercut": "papercut paper cutout layered origami collage",
    "waves": "waves wave",
    "ink": "ink marble marbled flow fluid smoke",
    "agate": "agate stone mineral crystal geode",
    "discs": "poster geometric bauhaus shapes minimal minimalist modern retro",
    "watercolour": "watercolour watercolor abstract expressionist splash",
    "blossoms": "flower flowers blossom blossoms bouquet garden rose peony bloom petals",
    "aurora": "aurora northern borealis polar arctic",
    "space": "space nebula galaxy planet stars cosmos cosmic astronaut",
    "town": "town city street skyline village houses tokyo paris london building castle",
    "woods": "forest woods wood trees tree grove fox deer owl bear wolf",
    "sea": "sea ocean beach coast boat ship sail harbour island lighthouse",
    "dunes": "dunes dune desert sand sahara camel",
    "hills": "hills hill mountain mountains valley landscape lake meadow alps field fields",
}
PALETTE_WORDS = {
    "dawn": "dawn morning sunrise pastel soft",
    "gold": "gold golden warm honey amber",
    "sunset": "sunset evening fire red orange",
    "dusk": "dusk twilight purple",
    "night": "night midnight moon moonlight dark",
    "mist": "mist misty fog foggy rain calm",
    "winter": "winter snow snowy ice frozen cold",
    "autumn": "autumn fall october leaves",
    "meadow": "spring summer green meadow",
    "sea": "blue",
    "rose": "pink cherry romantic",
    "ink": "monochrome black sumi",
    "clay": "clay terracotta earth",
    "violet": "violet neon cyberpunk dream psychedelic",
    "jade": "jade emerald jungle teal",
}
SUITED = {
    "aurora": ("aurora", "aurora", "violet"),
    "space": ("violet", "night", "dusk", "aurora", "sunset"),
    "town": ("dusk", "night", "sunset", "violet", "rose"),
    "dunes": ("clay", "gold", "sunset", "dusk", "rose", "dawn"),
    "woods": ("mist", "meadow", "autumn", "gold", "jade", "winter"),
    "sea": ("sea", "sunset", "dawn", "dusk", "gold", "winter"),
    "ink": ("sea", "jade", "violet", "rose", "gold", "ink", "dusk"),
    "blossoms": ("rose", "meadow", "dusk", "sunset", "jade", "violet"),
}


def paint(prompt: str, seed: int, width: int, height: int) -> Image.Image:
    """Paint the picture that these words and this seed stand for; at any size it is the same."""
    words = frozenset(re.findall(r"[a-z]+", prompt.lower()))
    chance = random.Random(_number(prompt, seed))
    name = _named(SCENE_WORDS, words) or chance.choice(list(SCENES))
    palette = _palette(name, words, chance)
    picture = SCENES[name](Canvas((width, height), palette, chance, words))
    return varnished(picture, seed)


def _number(prompt: str, seed: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{prompt.strip().lower()}/{seed}".encode()).digest()[:8])


def _named(table: dict[str, str], words: frozenset[str]) -> str | None:
    return next((name for name, known in table.items() if words & set(known.split())), None)


def _palette(scene: str, words: frozenset[str], chance: random.Random) -> Palette:
    drawn = chance.choice(SUITED.get(scene, tuple(PALETTES)))
    return PALETTES[_named(PALETTE_WORDS, words) or drawn]
