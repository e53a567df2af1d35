"""Finding photos by words: the only module that knows which database it is.

PostgreSQL searches through indexes on the photos themselves. SQLite searches through a table of its own (FTS5), whose
integer keys a small table maps to photos: no triggers and no row ids of ``photos``, because a migration that remakes
that table drops the ones and moves the others. On both, prompts are indexed as they are, and everything else that words
find is in ``search_words``, where it is spelt so that both cut it into the same words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from photos import extensions
from photos.choices import TraitKind
from photos.models import Photo, PhotoTrait
from photos.querysets import PhotoQuerySet
from photos.searching import traits
from photos.searching.wording import search_words, without_accents
from photos.searching.words import Parts, Words

BATCH = 500

# Up to this many matches it is cheaper to fetch and sort them; beyond, to walk the timeline and keep what matches.
FEW = 4000
# Fewer still are fetched by their keys; more are kept aside, because sorting them all is dearer than walking past.
FEWEST = 1000

# How a count is asked of the indexes of words: room for a million matches, where less would read pictures instead.
_BY_WORDS_ALONE = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL work_mem = '32MB'"
_AS_BEFORE = "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT; SET LOCAL work_mem TO DEFAULT"

# Traits that are numbers or keys are found by their filters alone.
SAID = frozenset(TraitKind) - {TraitKind.SEED, TraitKind.SAMPLER}

_ADD_KEYS = "INSERT OR IGNORE INTO photo_search_keys (photo_id) SELECT id FROM photos WHERE id IN ({marks})"
_DROP_WORDS = "DELETE FROM photo_search WHERE rowid IN (SELECT key FROM photo_search_keys WHERE photo_id IN ({marks}))"
_TAKE_WORDS = (
    "INSERT INTO photo_search (rowid, prompt, names)"
    " SELECT k.key, coalesce(p.generation_prompt, ''), p.search_words"
    " FROM photos p JOIN photo_search_keys k ON k.photo_id = p.id WHERE p.id IN ({marks})"
)
_DROP_KEYS = "DELETE FROM photo_search_keys WHERE photo_id IN ({marks})"


def matching(photos: PhotoQuerySet, words: Words, *, is_whole: bool = False) -> PhotoQuerySet:
    """Keep the photos whose prompt or other words (``search_words``) hold what is wanted and nothing unwanted.

    Every word is allowed: it cannot break the query. The order of the photos is kept.

    Args:
        photos: among which.
        words: what is looked for.
        is_whole: all of them are needed, for counting say, and not one page.
    """
    if words.asks_nothing:
        return photos
    if connection.vendor == "postgresql":
        return photos.filter(_by_frequency(words))
    return photos.filter(_sqlite_condition(words, is_whole=is_whole))


def index(photo_ids: Iterable[UUID]) -> None:
    """Make the photos' present words and traits findable.

    Call it in the transaction that changed a prompt, title, description, name, tag, album or anything read from a file.
    """
    for ids in _batches(photo_ids):
        with transaction.atomic():
            _write(ids)


def forget(photo_ids: Iterable[UUID]) -> None:
    """Drop the words and traits of photos that leave the library."""
    for ids in _batches(photo_ids):
        PhotoTrait.objects.filter(photo__in=ids).delete()
        Photo.objects.filter(pk__in=ids).update(search_words="")
        if connection.vendor == "sqlite":
            _forget_some(ids)


def index_everything() -> int:
    """Make every photo's words findable anew, after a restore for example. Return how many photos there are."""
    ids = list(Photo.objects.filter(purged_at=None).values_list("pk", flat=True))
    index(ids)
    return len(ids)


def _batches(photo_ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ids = list(photo_ids)
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _write(ids: list[UUID]) -> None:
    columns = "generation_prompt", "title", "description", "original_name", "search_words"
    photos = list(Photo.objects.filter(pk__in=ids).only(*columns, "generation_params", "metadata", "model_name"))
    traits.record(photos)
    _write_words(photos)
    if connection.vendor == "sqlite":
        _index_some(ids)


def _write_words(photos: list[Photo]) -> None:
    said = _said_of([photo.pk for photo in photos])
    changed = []
    for photo in photos:
        texts = (photo.title, photo.description, photo.original_name, *said[photo.pk])
        words = search_words(photo.generation_prompt or "", texts)
        if words != photo.search_words:
            photo.search_words = words
            changed.append(photo)
    _save_words(changed)


def _save_words(photos: list[Photo]) -> None:
    """Write the words, a short statement for each: building a single long one takes far longer than running it."""
    key = Photo._meta.pk
    rows = [(photo.search_words, key.get_db_prep_value(photo.pk, connection)) for photo in photos]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE photos SET search_words = %s WHERE id = %s", rows)


def _said_of(ids: list[UUID]) -> dict[UUID, list[str]]:
    """Return the names of what the photos have in common, and what the apps above say of them."""
    said: dict[UUID, list[str]] = defaultdict(list)
    # Kinds are told apart here: a condition on them tempts SQLite to walk every trait instead of these photos'.
    of_these = PhotoTrait.objects.filter(photo__in=ids).order_by("trait_id")
    for photo, kind, value in of_these.values_list("photo_id", "trait__kind", "trait__value"):
        if kind in SAID:
            said[photo].append(value)
    for provided in extensions.words():
        for photo, texts in provided(ids).items():
            said[photo].extend(texts)
    return said


class _Matches(Func):
    """Whether a text vector matches a query, in PostgreSQL's language; nothing is known of an empty text."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _FoundFirst(Func):
    """Whether a photo's id is among the matches, which are looked up first, then fetched by their keys."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY(ARRAY"
    output_field = BooleanField()


class _FoundAside(Func):
    """Whether a photo's id is among the matches, which are kept aside while the timeline is walked."""

    template = "(%(expressions)s) IS TRUE"
    arg_joiner = " IN "
    output_field = BooleanField()


def _by_frequency(words: Words) -> Q:
    """Return the condition in the form that is quick for as many matches as there are.

    The planner cannot know: it takes every beginning of a word for equally frequent, and walks the whole timeline for
    a rare one.
    """
    unwanted = [_nowhere(_tsquery(_in_a_row(parts))) for parts in words.unwanted]
    if words.is_only_unwanted:
        return reduce(and_, unwanted)
    return reduce(and_, [_wanted(words), *unwanted])


def _wanted(words: Words) -> Q:
    """Return the condition for what must be there, whatever else holds."""
    conditions = [_anywhere(_tsquery(_in_a_row(parts))) for parts in words.wanted]
    conditions += [_anywhere(_beginning(words.beginning))] if words.beginning else []
    condition = reduce(and_, conditions)
    matches = Photo.objects.filter(condition).values("pk")
    count = _count_by_words(matches)
    if count > FEW:
        return condition
    found = _FoundFirst if count <= FEWEST else _FoundAside
    return Q(found(F("pk"), Subquery(matches)))


def _count_by_words(matches: QuerySet[Photo, Any]) -> int:
    """Count the matches, up to one more than few, in the indexes of words and nowhere else."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_WORDS_ALONE)
        count = matches[: FEW + 1].count()
        cursor.execute(_AS_BEFORE)
    return count


def _anywhere(query: Func) -> Q:
    return Q(_prompt_matches(query)) | Q(_names_match(query))


def _nowhere(query: Func) -> Q:
    absent = Q(Coalesce(_prompt_matches(query), False)) | Q(_names_match(query))
    return ~absent


# The expressions of the indexes, letter for letter: another spelling would not use them.
def _prompt_matches(query: Func) -> _Matches:
    return _Matches(Func(F("generation_prompt"), template="to_tsvector('english', %(expressions)s)"), query)


def _names_match(query: Func) -> _Matches:
    return _Matches(Func(F("search_words"), template="to_tsvector('english', %(expressions)s)"), query)


def _tsquery(text: str, language: str = "english") -> Func:
    return Func(Value(text, TextField()), template=f"to_tsquery('{language}', %(expressions)s)")


def _beginning(word: str) -> Func:
    """Return the query for what begins with a word, which may be longer than the stem that is indexed."""
    text = " | ".join(f"{spelling}:*" for spelling in _quoted(word))
    return Func(_tsquery(text), _tsquery(text, "simple"), template="(%(expressions)s)", arg_joiner=" || ")


def _in_a_row(parts: Parts) -> str:
    return " <-> ".join(f"({' | '.join(_quoted(part))})" for part in parts)


def _quoted(word: str) -> list[str]:
    """Return a word, and the same without accents. Words are letters and digits, so quotes hold them."""
    return [f"'{spelling}'" for spelling in dict.fromkeys([word, without_accents(word)])]


class _AmongFew(Func):
    """Whether a photo's id is one of the matches', which are looked up first."""

    template = "%(expressions)s)"
    arg_joiner = (
        " IN (SELECT k.photo_id FROM photo_search_keys k JOIN photo_search s ON s.rowid = k.key"
        " WHERE photo_search MATCH "
    )
    output_field = BooleanField()


class _AmongMany(Func):
    """Whether a photo's key is one of the matching keys, asked photo by photo along the timeline."""

    template = "(SELECT key FROM photo_search_keys WHERE photo_id = %(expressions)s)"
    arg_joiner = ") IN (SELECT rowid FROM photo_search WHERE photo_search MATCH "
    output_field = BooleanField()


def _sqlite_condition(words: Words, *, is_whole: bool) -> Q:
    if words.is_only_unwanted:
        return ~Q(_among(" OR ".join(f'"{" ".join(parts)}"' for parts in words.unwanted), is_whole=is_whole))
    return Q(_among(_fts5(words), is_whole=is_whole))


def _among(match: str, *, is_whole: bool) -> Func:
    among = _AmongFew if is_whole or _has_few_matches(match) else _AmongMany
    return among(F("pk"), Value(match, TextField()))


def _fts5(words: Words) -> str:
    terms = [f'"{" ".join(parts)}"' for parts in words.wanted]
    terms += [f'"{words.beginning}" *'] if words.beginning else []
    without = "".join(f' NOT "{" ".join(parts)}"' for parts in words.unwanted)
    return f"({' AND '.join(terms)}){without}"


def _has_few_matches(match: str) -> bool:
    sql = "SELECT count(*) FROM (SELECT rowid FROM photo_search WHERE photo_search MATCH %s LIMIT %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, FEW])
        return bool(cursor.fetchone()[0] < FEW)


def _index_some(ids: list[UUID]) -> None:
    marks, keys = _marks(ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD_KEYS.format(marks=marks), keys)
        cursor.execute(_DROP_WORDS.format(marks=marks), keys)
        cursor.execute(_TAKE_WORDS.format(marks=marks), keys)


def _forget_some(ids: list[UUID]) -> None:
    marks, keys = _marks(ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DROP_WORDS.format(marks=marks), keys)
        cursor.execute(_DROP_KEYS.format(marks=marks), keys)


def _marks(ids: list[UUID]) -> tuple[str, list[str]]:
    return ", ".join(["%s"] * len(ids)), [pk.hex for pk in ids]
