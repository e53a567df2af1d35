"""The words of a query as a search takes them."""

from dataclasses import dataclass

from photos.querying import Query, Term

SHORTEST_BEGINNING = 2

# Words that English full-text search leaves out of its index, so that no database looks for them.
_LEFT_OUT = (
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it"
    " its itself they them their theirs themselves what which who whom this that these those am is are was were be been"
    " being have has had having do does did doing a an the and but if or because as until while of at by for with about"
    " against between into through during before after above below to from up down in out on off over under again"
    " further then once here there when where why how all any both each few more most other some such no nor not only"
    " own same so than too very s t can will just don should now"
)
LEFT_OUT = frozenset(_LEFT_OUT.split())

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All ``wanted`` must be there and none of the ``unwanted``; each is one word or several in a row.

    ``beginning`` is the last word, which the owner may still be typing: whatever begins with it will do.
    """

    wanted: tuple[Parts, ...] = ()
    unwanted: tuple[Parts, ...] = ()
    beginning: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Whether every picture will do."""
        return not self.wanted and not self.unwanted and not self.beginning

    @property
    def is_only_unwanted(self) -> bool:
        """Whether there is no word to look for, only some to leave out."""
        return not self.wanted and not self.beginning


def words_in(query: Query) -> Words:
    """Return the words a query asks for, without those that every text has."""
    terms = [term for term in query.words if not _is_left_out(term)]
    wanted = [term for term in terms if not term.is_not]
    unwanted = tuple(term.words for term in terms if term.is_not)
    if terms and wanted and _may_go_on(terms[-1]):
        *before, last = [part for term in wanted[-1:] for part in term.words]
        return Words((*(term.words for term in wanted[:-1]), *((part,) for part in before)), unwanted, last)
    return Words(tuple(term.words for term in wanted), unwanted)


def _is_left_out(term: Term) -> bool:
    return all(word.casefold() in LEFT_OUT for word in term.words)


def _may_go_on(last: Term) -> bool:
    return (
        not last.is_not and not last.is_quoted and len(last.words[-1]) >= SHORTEST_BEGINNING and last.text[-1].isalnum()
    )
