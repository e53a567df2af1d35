"""The filters of the search box: what each is called, what it keeps, and how its value is read."""

from dataclasses import dataclass

from photos.querying import values
from photos.querying.values import Reader


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its ``name`` before the colon, what it ``keeps``, and all its ``words`` if they are a closed set."""

    name: str
    keeps: str
    read: Reader
    words: tuple[str, ...] = ()
    example: str = ""


def _closed(name: str, keeps: str, *words: str, **synonyms: str) -> Filter:
    return Filter(name, keeps, values.one_of(*words, **synonyms), words)


_FILTERS = (
    Filter("model", "Made with this model", values.name),
    Filter("lora", "Made with this LoRA", values.name),
    Filter("sampler", "Made with this sampler", values.name),
    Filter("seed", "Made from this seed", values.seed, example="42"),
    Filter("generator", "Made by this program", values.name),
    Filter("camera", "Taken with this camera", values.name),
    Filter("lens", "Taken through this lens", values.name),
    Filter("album", "In this album", values.name),
    Filter("tag", "With this tag or keyword", values.name),
    _closed(
        "is", "What it is", "generated", "photo", "favourite", "chosen", "untagged",
        favorite="favourite", photograph="photo",
    ),
    _closed("has", "What it has", "children", "parent", "prompt"),
    Filter("date", "Taken or made then", values.days, example="2024-03..2024-06"),
    Filter("size", "The shorter side in pixels", values.size, example=">=1024"),
    Filter("width", "The width in pixels", values.numbers, example=">=1024"),
    Filter("height", "The height in pixels", values.numbers, example=">=1024"),
    _closed("orientation", "Which way it stands", "portrait", "landscape", "square"),
    Filter("rating", "Your rating, 0 to 5", values.stars, example=">=3"),
)  # fmt: skip

FILTERS: dict[str, Filter] = {kind.name: kind for kind in _FILTERS}
