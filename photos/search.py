"""Finding photos by words: the only module that knows which database it is.

PostgreSQL searches through indexes on the photos themselves. SQLite searches through a table of its own (FTS5), whose
integer keys a small table maps to photos: no triggers and no row ids of ``photos``, because a migration that remakes
that table drops the ones and moves the others.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, Q, TextField, Value

from photos.models import Photo
from photos.querysets import PhotoQuerySet
from photos.words import Query, read_query

BATCH = 500

# Up to this many matches it is cheaper to fetch and sort them; beyond, to walk the timeline and keep what matches.
FEW = 4000

_ADD_KEYS = "INSERT OR IGNORE INTO photo_search_keys (photo_id) SELECT id FROM photos WHERE id IN ({marks})"
_DROP_WORDS = "DELETE FROM photo_search WHERE rowid IN (SELECT key FROM photo_search_keys WHERE photo_id IN ({marks}))"
_TAKE_WORDS = (
    "INSERT INTO photo_search (rowid, prompt, names) SELECT k.key, coalesce(p.generation_prompt, ''),"
    " p.title || ' ' || p.description || ' ' || p.original_name"
    " FROM photos p JOIN photo_search_keys k ON k.photo_id = p.id WHERE p.id IN ({marks})"
)
_DROP_KEYS = "DELETE FROM photo_search_keys WHERE photo_id IN ({marks})"


def matching(photos: PhotoQuerySet, words: str) -> PhotoQuerySet:
    """Keep the photos whose prompt or names (title, description, file) hold all of ``words``.

    Every text is allowed: it cannot break the query. Blank words keep every photo; signs alone keep none.

    Args:
        photos: any photos; their order is kept.
        words: what was typed. "Words in quotes" must stand in a row, -words must not be there, and the last word
            may be only the beginning of one.
    """
    query = read_query(words)
    if query.asks_nothing:
        return photos.none() if words.strip() else photos
    if connection.vendor == "postgresql":
        return photos.filter(_postgresql_condition(query))
    return photos.filter(_sqlite_condition(query))


def index(photo_ids: Iterable[UUID]) -> None:
    """Make the photos' present words findable. Call it whenever prompt, title, description or name changed."""
    if connection.vendor == "postgresql":
        return
    ids = list(photo_ids)
    for start in range(0, len(ids), BATCH):
        _index_some(ids[start : start + BATCH])


def forget(photo_ids: Iterable[UUID]) -> None:
    """Drop the words of photos that leave the library."""
    if connection.vendor == "postgresql":
        return
    ids = list(photo_ids)
    for start in range(0, len(ids), BATCH):
        _forget_some(ids[start : start + BATCH])


def index_everything() -> int:
    """Make every photo's words findable anew, after a restore for example. Return how many photos there are."""
    ids = list(Photo.objects.filter(purged_at=None).values_list("pk", flat=True))
    index(ids)
    return len(ids)


class _Matches(Func):
    """Whether a text vector matches a query, in PostgreSQL's language."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _postgresql_condition(query: Query) -> Q:
    # The expressions of the indexes, letter for letter: another spelling would not use them.
    prompt = Func(F("generation_prompt"), template="to_tsvector('english', %(expressions)s)")
    file = Func(F("original_name"), template="translate(%(expressions)s, '_.-', '   ')")
    names = Func(
        F("title"), F("description"), file, template="to_tsvector('simple', %(expressions)s)", arg_joiner=" || ' ' || "
    )
    return Q(_Matches(prompt, _tsquery(query, "english"))) | Q(_Matches(names, _tsquery(query, "simple")))


def _tsquery(query: Query, language: str) -> Func:
    terms = [_in_a_row(parts) for parts in query.wanted]
    terms += [f"'{query.beginning}':*"] if query.beginning else []
    terms += [f"!({_in_a_row(parts)})" for parts in query.unwanted]
    text = Value(" & ".join(f"({term})" for term in terms), TextField())
    return Func(text, template=f"to_tsquery('{language}', %(expressions)s)")


def _in_a_row(parts: tuple[str, ...]) -> str:
    return " <-> ".join(f"'{part}'" for part in parts)


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


def _sqlite_condition(query: Query) -> Func:
    match = _fts5(query)
    among = _AmongFew if _has_few_matches(match) else _AmongMany
    return among(F("pk"), Value(match, TextField()))


def _fts5(query: Query) -> str:
    terms = [f'"{" ".join(parts)}"' for parts in query.wanted]
    terms += [f'"{query.beginning}" *'] if query.beginning else []
    without = "".join(f' NOT "{" ".join(parts)}"' for parts in query.unwanted)
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
