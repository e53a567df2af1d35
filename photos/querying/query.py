"""What a text of the search box asks for."""

from dataclasses import dataclass, replace

from photos.querying.values import Value


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: words to be found, or a filter with its value.

    ``text`` is the term as it stands in the search box. ``words`` must stand in a row. ``filter`` is the name of a
    filter, and empty for words; then ``value`` is None.
    """

    text: str
    is_not: bool = False
    words: tuple[str, ...] = ()
    is_quoted: bool = False
    filter: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the text that could not be understood, and why, in a sentence.

    ``may_go_on`` tells that it may only be unfinished: the last part, if it is being typed just now.
    """

    text: str
    sentence: str
    may_go_on: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Everything a text asks for, in its order. All of it must hold at once."""

    parts: tuple[Term | Problem, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What was understood."""
        return tuple(part for part in self.parts if isinstance(part, Term))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was not."""
        return tuple(part for part in self.parts if isinstance(part, Problem))

    @property
    def words(self) -> tuple[Term, ...]:
        """The terms that are words."""
        return tuple(term for term in self.terms if not term.filter)

    @property
    def filters(self) -> tuple[Term, ...]:
        """The terms that are filters."""
        return tuple(term for term in self.terms if term.filter)

    @property
    def text(self) -> str:
        """The whole query as a text, which reads as the same query again."""
        return " ".join(part.text for part in self.parts)

    @property
    def words_text(self) -> str:
        """The text without its filters, problems included: what stays in the box when filters are chips."""
        return " ".join(part.text for part in self.parts if isinstance(part, Problem) or not part.filter)

    @property
    def said(self) -> str:
        """The words alone, as they stand."""
        return " ".join(term.text for term in self.words)

    @property
    def filters_text(self) -> str:
        """The filters alone, as a text."""
        return " ".join(term.text for term in self.filters)

    def without(self, *terms: Term | Problem) -> "Query":
        """Return the query with some parts taken out, each wherever it stands."""
        return replace(self, parts=tuple(part for part in self.parts if part not in terms))

    def find(self, name: str, value: Value | None = None, *, is_not: bool = False) -> Term | None:
        """Return the first filter of this name, and of this value if one is given."""
        for term in self.filters:
            if term.filter == name and term.is_not == is_not and value in (None, term.value):
                return term
        return None
