"""The demo's session in the studio, its templates and albums: what there is to try, as plain data."""

from dataclasses import dataclass

SUBJECT = "sail boats on a calm sea"


@dataclass(frozen=True)
class Chapter:
    """One step.

    Attributes:
        prompt: the words.
        pictures: how many are asked for.
        parent: which chapter it grows from, counting from 1; 0 for the first.
        grown_from: which picture of that one, counting from 1.
        chosen: which of its own pictures is chosen; 0 for none.
        strength: how far the picture it grows from may change.
    """

    prompt: str
    pictures: int
    parent: int = 0
    grown_from: int = 0
    chosen: int = 0
    strength: float = 1.0


CHAPTERS = (
    Chapter(f"{SUBJECT}, low sun, gold", 4, chosen=2),
    Chapter(f"{SUBJECT}, storm light, blue", 3, parent=1, grown_from=2, chosen=1, strength=0.6),
    Chapter(f"{SUBJECT}, sunset, pink haze", 3, parent=1, grown_from=3, strength=0.7),
    Chapter(f"{SUBJECT}, storm light, spray, teal", 2, parent=2, grown_from=1, chosen=2, strength=0.4),
)

TEMPLATES = (
    ("Film still", "Photographs", "{prompt}, {35mm|medium format} film, soft grain, natural light", "text, watermark"),
    ("Papercut", "Illustration", "{prompt}, layered paper, soft shadows, {colours=warm} colours", "photo, text"),
    ("Weather study", "Studies", "{prompt}, {low sun|storm light|mist|first snow|dusk}", ""),
)

# Each with its words, and the search whose pictures are in it. The first is shared.
ALBUMS = (
    ("Outdoors", "Walks of three years, with three cameras.", "is:photo"),
    ("Ink in water", "One idea, again and again.", "ink"),
    ("Sail boats", "What was chosen in the studio.", "boats is:chosen"),
)
SAVED_SEARCHES = (("Standing tall", "orientation:portrait"),)
