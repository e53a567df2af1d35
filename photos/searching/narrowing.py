"""From what is asked in the search box to the photos it keeps."""

from collections.abc import Callable
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from photos import extensions
from photos.choices import TraitKind
from photos.metadata.names import sampler_key
from photos.models import Photo, PhotoTrait, Trait
from photos.querying import Query, Term
from photos.querying.values import Days, Numbers, Shape
from photos.querysets import PhotoQuerySet
from photos.searching import search
from photos.searching.among import named_by
from photos.searching.words import words_in

Condition = Callable[[Any], Q]

# So many cameras or models may hold what was typed.
MOST_TRAITS = 500


def narrow(photos: PhotoQuerySet, query: Query, *, is_whole: bool = False) -> PhotoQuerySet:
    """Keep the photos for which all of the query holds. Filters that mean nothing here keep everything.

    Args:
        photos: among which.
        query: what is asked.
        is_whole: all of them are needed, for counting say, and not one page.
    """
    for term in query.filters:
        photos = photos.filter(_condition(term))
    return search.matching(photos, words_in(query), is_whole=is_whole)


def trait_condition(kinds: tuple[TraitKind, ...], value: str) -> Q:
    """Return the condition for photos with a trait called ``value``, else with any that holds it in its name."""
    traits = Trait.objects.of_kind(*kinds)
    exact = traits.filter(folded=value.casefold()).values_list("pk", flat=True)
    found = list(exact) or list(_holding(traits, kinds, value)[:MOST_TRAITS])
    return named_by(PhotoTrait.objects.filter(trait__in=found)) if found else Q(pk__in=[])


def _holding(traits: Any, kinds: tuple[TraitKind, ...], value: str) -> Any:
    """Return the keys of traits with ``value`` in their names; part of a seed is no seed."""
    return traits.none() if TraitKind.SEED in kinds else traits.holding(value).values_list("pk", flat=True)


def _condition(term: Term) -> Q:
    asked = _asked(term)
    if asked is None:
        return Q()
    condition = asked(term.value)
    return ~condition if term.is_not else condition


def _asked(term: Term) -> Condition | None:
    word = term.value if isinstance(term.value, str) else ""
    return (
        CONDITIONS.get((term.filter, word))
        or CONDITIONS.get((term.filter, ""))
        or extensions.condition(term.filter, word)
    )


def _traits(*kinds: TraitKind) -> Condition:
    return lambda value: trait_condition(kinds, value)


def _always(condition: Q) -> Condition:
    return lambda value: condition


def _untagged(_value: str) -> Q:
    tagged = PhotoTrait.objects.filter(trait__kind=TraitKind.TAG)
    return ~named_by(tagged)


def _has_children(_value: str) -> Q:
    return named_by(Photo.objects.visible().filter(source_image__isnull=False), "source_image")


def _rating(value: Numbers) -> Q:
    if value.least == value.most:
        # An index has the pictures of one rating in the timeline's order.
        return Q(rating=value.least)
    wanted = _between("rating", value)
    if not value.least or _are_many(rated := wanted & Q(rating__gt=0)):
        return wanted
    return rated


def _are_many(rated: Q) -> bool:
    """Tell whether so many pictures have such a rating that they are found sooner along the timeline.

    That a rating is above 0 goes without saying here; said, it makes SQLite fetch and sort all that have one.
    """
    return Photo.objects.filter(rated)[: search.FEW + 1].count() > search.FEW


def _side(column: str) -> Condition:
    return lambda value: _between(column, value)


def _size(value: Numbers | Shape) -> Q:
    if isinstance(value, Shape):
        return Q(width=value.width, height=value.height)
    sides = Q()
    if value.least is not None:
        sides &= Q(width__gte=value.least, height__gte=value.least)
    return sides if value.most is None else sides & (Q(width__lte=value.most) | Q(height__lte=value.most))


def _between(column: str, value: Numbers) -> Q:
    least = Q() if value.least is None else Q(**{f"{column}__gte": value.least})
    return least if value.most is None else least & Q(**{f"{column}__lte": value.most})


def _days(value: Days) -> Q:
    """Return the condition for days of the owner's time zone."""
    first = Q(taken_at__gte=_midnight(value.first)) if value.first and value.first.year > 1 else Q()
    if not value.last or value.last.year == MAXYEAR:
        return first
    return first & Q(taken_at__lt=_midnight(value.last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


CONDITIONS: dict[tuple[str, str], Condition] = {
    ("model", ""): _traits(TraitKind.MODEL),
    ("lora", ""): _traits(TraitKind.LORA),
    ("sampler", ""): lambda value: trait_condition((TraitKind.SAMPLER,), sampler_key(value)),
    ("seed", ""): _traits(TraitKind.SEED),
    ("generator", ""): _traits(TraitKind.GENERATOR),
    ("camera", ""): _traits(TraitKind.CAMERA),
    ("lens", ""): _traits(TraitKind.LENS),
    ("tag", ""): _traits(TraitKind.TAG),
    ("is", "generated"): _always(Q(is_generated=True)),
    ("is", "photo"): _always(Q(is_generated=False)),
    ("is", "favourite"): _always(Q(is_favorite=True)),
    ("is", "untagged"): _untagged,
    ("has", "children"): _has_children,
    ("has", "parent"): _always(Q(source_image__isnull=False)),
    ("has", "prompt"): _always(Q(generation_prompt__gt="")),
    ("date", ""): _days,
    ("size", ""): _size,
    ("width", ""): _side("width"),
    ("height", ""): _side("height"),
    ("rating", ""): _rating,
    ("orientation", "portrait"): _always(Q(height__gt=F("width"))),
    ("orientation", "landscape"): _always(Q(width__gt=F("height"))),
    ("orientation", "square"): _always(Q(width=F("height"))),
}
