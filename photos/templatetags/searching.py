"""What templates say of a search: looking things up, and marking what was found."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from photos.searching.filters import PhotoFilter
from photos.searching.wording import without_accents
from photos.searching.words import words_in

register = template.Library()

PIECES = re.compile(r"[^\W_]+|[\W_]+")
# Shorter words are compared whole; in longer ones the ending may differ, as the search lets it.
SHORTEST_WITH_ENDING = 4
ENDINGS = re.compile(r"(ing|ed|es|ies|s|ly|e|y)$")


@register.filter
def entry(found: Mapping[str, Any], key: str) -> Any:
    """Return what stands under a key, or nothing."""
    return found.get(key, "")


@register.filter
def marked(text: str, wanted: PhotoFilter) -> SafeString:
    """Return the text, escaped, with the words that were looked for in ``<mark>``."""
    words = words_in(wanted.asked)
    stems = {_stem(part) for parts in words.wanted for part in parts}
    beginning = without_accents(words.beginning).casefold()
    if not stems and not beginning:
        return conditional_escape(text)
    pieces = (_piece(word, stems, beginning) for word in PIECES.findall(text))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(word: str, stems: set[str], beginning: str) -> str:
    plain = without_accents(word).casefold()
    is_found = _stem(word) in stems or (beginning and (plain.startswith(beginning) or _stem(word) == _stem(beginning)))
    return format_html("<mark>{}</mark>", word) if is_found and word[0].isalnum() else word


def _stem(word: str) -> str:
    """Return the word without accents, capitals and its ending, if it is long enough to have one."""
    plain = without_accents(word).casefold()
    return ENDINGS.sub("", plain) if len(plain) >= SHORTEST_WITH_ENDING else plain
