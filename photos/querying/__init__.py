"""The language of the search box: words, "words in a row", filters such as ``camera:leica``, and -not before each.

Nothing here knows a database or Django. Reading never fails: what cannot be understood becomes a problem, said in a
sentence, and the rest still applies.
"""

from photos.querying.filters import FILTERS, Filter
from photos.querying.query import Problem, Query, Term
from photos.querying.reading import read
from photos.querying.saying import say
from photos.querying.writing import write

__all__ = ["FILTERS", "Filter", "Problem", "Query", "Term", "read", "say", "write"]
