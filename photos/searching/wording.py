"""The words a picture is found by, besides those of its prompt, in a spelling every database cuts alike."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")
# What some databases take for one word: a file, a host, a number with a sign.
JOINED = re.compile(r"[^\W_]+(?:[/.@_:\\+-]+[^\W_]+)+")
LONGEST = 50_000


def search_words(prompt: str, texts: Iterable[str]) -> str:
    """Return the words of ``texts``, and those parts of the prompt that a database may not cut into words itself.

    Words with accents are there twice, so that they are found without them too.
    """
    found = [word for text in texts for word in _words(text)]
    found += [word for piece in JOINED.findall(prompt[:LONGEST]) for word in _words(piece)]
    found += [plain for word in (*found, *_words(prompt)) if (plain := without_accents(word)) != word]
    return " ".join(found)


def without_accents(word: str) -> str:
    """Return the word with plain letters: “café” is “cafe”."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _words(text: str) -> list[str]:
    return WORD.findall(text[:LONGEST])
