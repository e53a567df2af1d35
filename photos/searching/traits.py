"""What pictures have in common: read from what is known of each, and kept where a search finds it by one look-up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from photos.choices import TraitKind
from photos.metadata.names import model_name, sampler_key
from photos.models import Photo, PhotoTrait, Trait

MOST_TRAITS = 300
LONGEST = 300

Found = tuple[TraitKind, str]

# The owner's own stay, whatever the file says.
READ: list[TraitKind] = [kind for kind in TraitKind if kind != TraitKind.TAG]


def traits_of(params: Mapping[str, Any] | None, metadata: Mapping[str, Any], model: str) -> list[Found]:
    """Return the traits that a picture's columns tell of, each once.

    Args:
        params: ``generation_params``.
        metadata: ``metadata``, as it was read from the file.
        model: ``model_name``.
    """
    found = [*_of_generation(params or {}, model), *_of_camera(metadata)]
    tidy = [(kind, " ".join(value.split())[:LONGEST]) for kind, value in found]
    return list({(kind, value.casefold()): (kind, value) for kind, value in reversed(tidy) if value}.values())[::-1][
        :MOST_TRAITS
    ]


def record(photos: Iterable[Photo]) -> None:
    """Keep the present traits of some photos, in a few queries for all of them. Tags are left alone. Safe to repeat."""
    wanted = {
        (photo.pk, kind, value)
        for photo in photos
        for kind, value in traits_of(photo.generation_params, photo.metadata, photo.model_name)
    }
    keys = {photo.pk for photo in photos}
    _link(keys, wanted, READ)


def _link(photos: set[UUID], wanted: set[tuple[UUID, TraitKind, str]], kinds: list[TraitKind]) -> None:
    known = keys_of({(kind, value) for _, kind, value in wanted})
    links = {(photo, known[kind, value.casefold()]) for photo, kind, value in wanted}
    # Kinds are told apart here: a condition on them tempts SQLite to walk every trait instead of these photos'.
    present = PhotoTrait.objects.filter(photo__in=photos).values_list("pk", "photo_id", "trait_id", "trait__kind")
    kept = {(photo, trait): pk for pk, photo, trait, kind in present if kind in kinds}
    if gone := [pk for link, pk in kept.items() if link not in links]:
        PhotoTrait.objects.filter(pk__in=gone).delete()
    new = [PhotoTrait(photo_id=photo, trait_id=trait) for photo, trait in links - kept.keys()]
    PhotoTrait.objects.bulk_create(new, ignore_conflicts=True)


def keys_of(found: set[Found]) -> dict[tuple[str, str], int]:
    """Return the keys of traits by kind and folded value, having made those that were not known."""
    if not found:
        return {}
    folded = {value.casefold() for _, value in found}
    known = _keys(folded)
    new = [
        Trait(kind=kind, value=value, folded=value.casefold())
        for kind, value in sorted(found)
        if (kind, value.casefold()) not in known
    ]
    if not new:
        return known
    Trait.objects.bulk_create(new, ignore_conflicts=True)
    return _keys(folded)


def _keys(folded: set[str]) -> dict[tuple[str, str], int]:
    rows = Trait.objects.filter(kind__in=TraitKind.values, folded__in=folded).values_list("kind", "folded", "pk")
    return {(kind, value): pk for kind, value, pk in rows}


def _of_generation(params: Mapping[str, Any], model: str) -> Iterator[Found]:
    yield TraitKind.MODEL, model or model_name(_name(params.get("model")))
    for lora in _list(params.get("loras")):
        yield TraitKind.LORA, model_name(_name(lora))
    # InvokeAI calls its sampler scheduler; elsewhere a scheduler is something else.
    yield TraitKind.SAMPLER, sampler_key(_name(params.get("sampler")) or _name(params.get("scheduler")))
    if _is_seed(params.get("seed")):
        yield TraitKind.SEED, str(int(params["seed"]))
    yield TraitKind.GENERATOR, _name(params.get("generator"))


def _of_camera(metadata: Mapping[str, Any]) -> Iterator[Found]:
    written = metadata.get("camera")
    if isinstance(written, Mapping):
        yield TraitKind.CAMERA, camera_name(written)
        yield TraitKind.LENS, _name(written.get("lens"))


def camera_name(written: Mapping[str, Any]) -> str:
    """Return make and model; many models begin with their make already."""
    make, model = _name(written.get("make")), _name(written.get("model"))
    return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()


def _is_seed(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return (isinstance(value, int) and value >= 0) or (isinstance(value, str) and value.isascii() and value.isdigit())


def _name(value: object) -> str:
    """Return a name, which may be a text, or stand in an object."""
    if isinstance(value, Mapping):
        return _name(value.get("name") or value.get("model") or value.get("lora"))
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value[:MOST_TRAITS] if isinstance(value, list) else []
