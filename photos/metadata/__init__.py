"""How a picture came to be, as its generator wrote it into the file: one module per generator.

A parser is a module with two functions: ``recognises(chunks)`` says whether the texts are its generator's, and
``parse(chunks)`` returns the generation, or None when they hold nothing of use. To add one, write the module and
list it in ``PARSERS``; the first that recognises a file reads it.
"""

import logging
from typing import Protocol

from photos.metadata import invokeai, invokeai_2
from photos.metadata.chunks import Chunks
from photos.metadata.generation import Generation

log = logging.getLogger(__name__)

__all__ = ["Generation", "read_generation"]


class Parser(Protocol):
    """What each module here offers."""

    def recognises(self, chunks: Chunks) -> bool:
        """Tell whether the texts are this generator's."""

    def parse(self, chunks: Chunks) -> Generation | None:
        """Return what they say, or None."""


PARSERS: tuple[Parser, ...] = (invokeai, invokeai_2)


def read_generation(chunks: Chunks) -> Generation | None:
    """Return how the picture came to be, or None when no generator we know says so."""
    for parser in PARSERS:
        if parser.recognises(chunks):
            return _parsed(parser, chunks)
    return None


def _parsed(parser: Parser, chunks: Chunks) -> Generation | None:
    try:
        return parser.parse(chunks)
    except Exception as error:  # texts of strangers must never cost a picture
        log.warning("texts in a picture could not be parsed: %s", type(error).__name__)
        return None
