"""How a picture came to be, as its generator wrote it into the file: one module per generator.

A parser is a module with two functions: ``recognises(chunks)`` says whether the texts are its generator's, and
``parse(chunks)`` returns the generation, or None when they hold nothing of use. To add one, write the module and
list it in ``PARSERS``; the first that recognises a file and finds something in it is believed.
"""

import logging
from typing import Protocol

from photos.metadata import (
    a1111,
    comfyui,
    drawthings,
    easydiffusion,
    fooocus,
    generic,
    invokeai,
    invokeai_2,
    midjourney,
    novelai,
    swarmui,
)
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


# A1111's text comes before ComfyUI's graph: savers of ComfyUI that write both say more in the text.
PARSERS: tuple[Parser, ...] = (
    invokeai, invokeai_2, fooocus, novelai, swarmui, a1111, comfyui, easydiffusion, drawthings, midjourney, generic
)  # fmt: skip


def read_generation(chunks: Chunks) -> Generation | None:
    """Return how the picture came to be, or None when no generator we know says so."""
    return next((found for parser in PARSERS if (found := _parsed(parser, chunks))), None)


def _parsed(parser: Parser, chunks: Chunks) -> Generation | None:
    try:
        return parser.parse(chunks) if parser.recognises(chunks) else None
    except Exception as error:  # texts of strangers must never cost a picture
        log.warning("texts in a picture could not be parsed: %s", type(error).__name__)
        return None
